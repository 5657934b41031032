// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.jspecify.annotations.Nullable;

/**
 * What a fault did to a pod beyond what was asked for, by the means that it had. It is read before the verdict's reasons, and
 * an objective that was missed because of it is not held against the service.
 *
 * @param sentence what was done, and to which pod
 * @param cause why an objective may have been missed because of it: what follows "which the fault itself may have caused: "
 * @param belowMs where that goes for objectives on latency alone: for those with a limit below this, milliseconds; null
 *     where it goes for every objective
 */
public record SideEffect(
        String sentence, String cause, @Nullable Double belowMs) {}
