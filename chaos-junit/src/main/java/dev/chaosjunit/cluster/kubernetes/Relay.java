// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import java.util.List;

/**
 * A pod of ours that connects to addresses of the cluster's own network as any pod does, and so meets what others meet
 * there. What a port-forward brings straight into a pod comes in by its loopback, past every fault on its network.
 *
 * @param namespace the pod's
 * @param pod its name
 * @param uid its uid
 * @param ports of the pod's loopback, one for each target, in their order
 */
public record Relay(String namespace, String pod, String uid, List<Integer> ports) {
    public Relay {
        ports = List.copyOf(ports);
    }

    /** Starts them. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Start a relay in a namespace; it goes with the platform.
         *
         * @param targets {@code ADDRESS:PORT}, an IPv6 address in brackets; TCP only
         * @throws dev.chaosjunit.cluster.RuntimeUnavailableException when the cluster does not run it
         */
        Relay start(String namespace, List<String> targets);
    }
}
