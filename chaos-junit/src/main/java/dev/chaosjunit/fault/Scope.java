// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** Where in a pod a fault is, and so what it outlives. */
public enum Scope {
    /** On the pod's network: processes come and go under it. */
    NETWORK,
    /** In the pod's process: it ends with that, and the next one is hit anew. */
    PROCESS,
    /** On the cgroup of the pod's container: all its processes are under it, also those to come; it ends with the container. */
    CGROUP,
    /** Done at moments to what runs then: nothing of it stays on a pod, and it follows none. */
    MOMENTS
}
