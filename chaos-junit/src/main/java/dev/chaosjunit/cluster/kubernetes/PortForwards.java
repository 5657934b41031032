// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Ports of pods and Services made local through the API server; opened when first asked for. */
final class PortForwards implements AutoCloseable {
    private final KubernetesClient client;
    private final Map<String, LocalPortForward> open = new HashMap<>();

    PortForwards(KubernetesClient client) {
        this.client = client;
    }

    synchronized InetSocketAddress pod(String namespace, String name, String uid, int port) {
        return local(open.computeIfAbsent(
                uid + ":" + port,
                key -> client.pods().inNamespace(namespace).withName(name).portForward(port)));
    }

    synchronized InetSocketAddress service(String namespace, String name, int port) {
        return local(open.computeIfAbsent(
                namespace + "/" + name + ":" + port,
                key -> client.services().inNamespace(namespace).withName(name).portForward(port)));
    }

    private static InetSocketAddress local(LocalPortForward forward) {
        return new InetSocketAddress(forward.getLocalAddress(), forward.getLocalPort());
    }

    @Override
    public synchronized void close() {
        open.values().forEach(PortForwards::close);
        open.clear();
    }

    private static void close(LocalPortForward forward) {
        try {
            forward.close();
        } catch (IOException e) {
            // its pod or the API server is gone, and the forward with it
        }
    }
}
