// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;

/**
 * A pod that a fault is meant for.
 *
 * @param seed of the draws made for this pod
 * @param probing who asks the pod whether it is alive and ready, as far as the fault can meet that
 */
public record Target(Instance instance, int seed, Probing probing) {}
