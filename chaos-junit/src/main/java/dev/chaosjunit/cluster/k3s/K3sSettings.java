// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import java.time.Duration;

/**
 * What a cluster of the K3s runtime is made of.
 *
 * @param image of each node, of the contract of rancher/k3s
 * @param nodes how many: the first is the server, the others join it as agents
 * @param nodeTimeout after so much silence of its agent a node counts as lost
 */
public record K3sSettings(String image, int nodes, Duration nodeTimeout) {
    /** More of them on one machine show nothing that these do not. */
    public static final int MOST_NODES = 8;

    /**
     * Take them.
     *
     * @throws IllegalArgumentException for other numbers of nodes than 1 to {@value #MOST_NODES}
     */
    public K3sSettings {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new IllegalArgumentException("A cluster has 1 to " + MOST_NODES + " nodes, but shall have " + nodes);
        }
    }
}
