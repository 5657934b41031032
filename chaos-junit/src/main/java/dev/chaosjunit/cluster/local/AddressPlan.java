// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;

/**
 * Who has which address in a node's /24: .1 the node, .2 to .127 pods, .128 to .251 Services, .252 the host where it asks
 * whether pods are ready, .253 the name server, .254 the host.
 *
 * @param prefix the first three numbers, such as {@code 198.18.3}
 */
record AddressPlan(String prefix) {

    private static final int FIRST_POD = 2;
    private static final int FIRST_SERVICE = 128;
    private static final int PROBER = 252;
    private static final int NAME_SERVER = 253;

    String gateway() {
        return prefix + ".1";
    }

    String nameServer() {
        return prefix + "." + NAME_SERVER;
    }

    /** Faults tell our own questions from load by it. */
    String prober() {
        return prefix + "." + PROBER;
    }

    String host() {
        return prefix + ".254";
    }

    String pod(int index) {
        return address("pods", FIRST_POD, FIRST_SERVICE, index);
    }

    String service(int index) {
        return address("Services", FIRST_SERVICE, PROBER, index);
    }

    private String address(String what, int first, int end, int index) {
        if (first + index >= end) {
            throw new ClusterException("a local cluster holds " + (end - first) + " " + what + " at most");
        }
        return prefix + "." + (first + index);
    }

    @Override
    public String toString() {
        return prefix + ".0/24";
    }
}
