// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.Map;

/**
 * A pod's TCP connections to the addresses of a fault's names that are older than the fault: who keeps one need not ask
 * for the name.
 *
 * @param told whether anything can be told: an address of the names is known, and connections can be listed
 * @param found how many there were as the fault began
 * @param keptPackets packets with data that went on over them, by the other end: {@code 10.43.0.7:80/tcp}
 * @param keptConnections how many of them these went over, by the other end
 * @param closed how many were closed as the fault began, by the other end
 * @param allowed whether the test takes it as meant that something went on
 * @param detail what else is to be said, such as why nothing can be told; may be empty
 */
public record OlderConnections(
        boolean told,
        long found,
        Map<String, Long> keptPackets,
        Map<String, Long> keptConnections,
        Map<String, Long> closed,
        boolean allowed,
        String detail) {

    /** Whether the pod went on without the names. */
    public boolean kept() {
        return !keptPackets.isEmpty();
    }
}
