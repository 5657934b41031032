// SPDX-License-Identifier: Apache-2.0
/**
 * Pods as processes of this machine. One node per cluster (a network and a pid namespace) routes between the pods, each
 * of which has namespaces and a cgroup of its own; nothing of it outlives the JVM.
 */
@NullMarked
package dev.chaosjunit.cluster.local;

import org.jspecify.annotations.NullMarked;
