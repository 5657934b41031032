// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What a fault looks at, one by one. */
public enum Unit {
    /** A packet on the pod's interface. */
    PACKET("packet", "packets"),
    /** A TCP connection. */
    CONNECTION("connection", "connections"),
    /** A DNS query. */
    QUERY("query", "queries"),
    /** A call of a function or of the kernel. */
    CALL("call", "calls"),
    /** The end of a process, asked for. */
    KILL("kill", "kills"),
    /** A cgroup of a pod, with all that runs in it: one for each container, and in a cluster one more for what they share. */
    CGROUP("cgroup", "cgroups"),
    /** A while, 20 ms, for which a worker of ours is to have its share of a processor. */
    SLICE("slice of processor time", "slices of processor time"),
    /** A page of memory. */
    PAGE("page of memory", "pages of memory");

    private final String one;
    private final String many;

    Unit(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** {@code 1 query}, {@code 2 queries}. */
    public String of(long count) {
        return count == 1 ? one : many;
    }

    /** Whether it is a part of the pod itself and not of what it is asked: then words tell more than counters. */
    public boolean isOfPod() {
        return this == KILL || this == CGROUP || this == SLICE || this == PAGE;
    }
}
