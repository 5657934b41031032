// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.Optional;

/**
 * A container of a pod, as it is now.
 *
 * @param name as the manifest has it, unique in its pod
 * @param life its first process; absent while none runs
 * @param restarts how often it was started again, as its runtime counts that
 */
public record PodContainer(String name, Optional<Handle> life, long restarts) {}
