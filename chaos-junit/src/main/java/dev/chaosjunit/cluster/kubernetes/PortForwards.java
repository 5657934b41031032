// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Ports of pods made local through the API server; opened when first asked for. */
final class PortForwards implements AutoCloseable {
    private final KubernetesClient client;
    private final Map<String, PortForward> open = new HashMap<>();

    PortForwards(KubernetesClient client) {
        this.client = client;
    }

    /** Where a port of a pod's loopback is reached from here. */
    synchronized InetSocketAddress pod(String namespace, String name, String uid, int port) {
        return open.computeIfAbsent(
                        uid + ":" + port,
                        key -> PortForward.open(
                                client.pods().inNamespace(namespace).withName(name), "pod " + name, port))
                .local();
    }

    @Override
    public synchronized void close() {
        open.values().forEach(PortForward::close);
        open.clear();
    }
}
