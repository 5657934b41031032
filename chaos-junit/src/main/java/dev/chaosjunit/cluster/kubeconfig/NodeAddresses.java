// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How nodes are reached from here, if they are: often they are behind a firewall, or we may not even list them. */
final class NodeAddresses {
    private static final Set<String> TYPES = Set.of("InternalIP", "ExternalIP");
    private static final int KUBELET = 10_250;
    private static final int ANSWER_MILLIS = 500;
    private static final int TRIED = 6;

    private NodeAddresses() {}

    /** One that answers; any node passes a node port on to where the pods are. */
    static Optional<String> find(KubernetesClient client) {
        return nodes(client).stream()
                .flatMap(node -> node.getStatus().getAddresses().stream())
                .filter(address -> TYPES.contains(address.getType()))
                .map(NodeAddress::getAddress)
                .limit(TRIED)
                .filter(NodeAddresses::answers)
                .findFirst();
    }

    /** Whether there is certainly no second one. */
    static boolean areOfOneNode(KubernetesClient client) {
        return nodes(client).size() == 1;
    }

    private static List<Node> nodes(KubernetesClient client) {
        try {
            return client.nodes().list().getItems();
        } catch (KubernetesClientException e) {
            return List.of(); // a right of the whole cluster, which we do without: ports are forwarded then
        }
    }

    /** That a port is closed is an answer, too. */
    private static boolean answers(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, KUBELET), ANSWER_MILLIS);
            return true;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).contains("refused");
        } catch (IOException e) {
            return false;
        }
    }
}
