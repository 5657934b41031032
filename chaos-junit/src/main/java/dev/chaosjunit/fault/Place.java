// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Optional;

/**
 * What a kind of fault may have to tell the helper of the place where a pod runs.
 *
 * @param keeper the control socket, as the helper sees it, of what holds the seccomp listeners of the node's pods; empty where
 *     nothing does
 */
public record Place(Optional<String> keeper) {}
