// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A pod of ours that connects to addresses of the cluster's own network as any pod does, and so meets what others meet
 * there. What a port-forward brings straight into a pod comes in by its loopback, past every fault on its network.
 *
 * @param namespace the pod's
 * @param pod its name
 * @param uid its uid
 * @param port of the pod's loopback, at which it takes carriers
 * @param lost completes with a sentence when it has ended though its Kubernetes has not been closed
 */
public record Relay(String namespace, String pod, String uid, int port, CompletableFuture<String> lost) {

    @Override
    public String toString() {
        return "the relay, pod " + pod + " in namespace " + namespace;
    }

    /** Starts them. */
    @FunctionalInterface
    public interface Starter {
        /**
         * Start a relay in a namespace; it goes with the {@link Kubernetes}.
         *
         * @param targets {@code ADDRESS:PORT}, an IPv6 address in brackets; TCP only
         * @throws dev.chaosjunit.cluster.RuntimeUnavailableException when the cluster does not run it
         */
        Relay start(String namespace, List<String> targets);
    }
}
