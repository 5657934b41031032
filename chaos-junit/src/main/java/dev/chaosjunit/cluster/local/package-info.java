// SPDX-License-Identifier: Apache-2.0
/**
 * Pods as processes of this machine. One node per cluster (a network and a pid namespace) routes between the pods, each
 * of which has namespaces and a cgroup of its own; nothing of it outlives the JVM.
 */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.local;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
