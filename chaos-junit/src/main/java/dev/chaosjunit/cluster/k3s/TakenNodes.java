// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.kubernetes.Kubernetes;
import dev.chaosjunit.cluster.kubernetes.Relay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Nodes for one class; closing it keeps them for the next. */
final class TakenNodes implements Kubernetes {
    private final K3sCluster nodes;
    private final K3sSettings settings;
    private final Set<String> preloaded;
    private final List<EngineImage> fromEngine;
    private final Exporting exporting;

    TakenNodes(
            K3sCluster nodes,
            K3sSettings settings,
            Set<String> preloaded,
            List<EngineImage> fromEngine,
            Exporting exporting) {
        this.nodes = nodes;
        this.settings = settings;
        this.preloaded = preloaded;
        this.fromEngine = fromEngine;
        this.exporting = exporting;
    }

    @Override
    public String describe() {
        return nodes.describe();
    }

    @Override
    public KubernetesClient client() {
        return nodes.client();
    }

    @Override
    public String namespace() {
        return Instance.DEFAULT_NAMESPACE;
    }

    @Override
    public Set<String> preloaded() {
        return preloaded;
    }

    @Override
    public String images() {
        return "Images that a @GoImage declares are built and loaded into each node, and so are those that the Docker"
                + " Engine has (" + preloaded + "); the nodes pull all others";
    }

    /** The node is ours: whatever its API server accepts may be there. */
    @Override
    public void admit(HasMetadata object) {}

    /** None: the node goes with all that is in it. */
    @Override
    public Optional<OwnerReference> owner(String namespace) {
        return Optional.empty();
    }

    @Override
    public boolean hasOneNode() {
        return nodes.hasOneNode();
    }

    @Override
    public List<String> look(List<HasMetadata> objects) {
        return fromEngine.stream().map(EngineImage::describe).toList();
    }

    @Override
    public int nextNodePort() {
        return nodes.nextNodePort();
    }

    @Override
    public boolean mayReachNodePorts() {
        return true;
    }

    @Override
    public InetSocketAddress nodePort(int port) {
        return nodes.nodePort(port);
    }

    /** None: the node is on this machine, or its ports are published here. */
    @Override
    public Optional<Relay.Starter> relays() {
        return Optional.empty();
    }

    @Override
    public Exporting exporting() {
        return exporting;
    }

    @Override
    public Helper startHelper(String name) throws HelperException {
        return nodes.startHelper(name, settings.nodeTimeout());
    }

    @Override
    public Optional<String> keeper() {
        return Optional.of(NodeListeners.CONTROL);
    }

    @Override
    public CompletableFuture<String> lost() {
        return nodes.lost();
    }

    @Override
    public void close() {
        if (nodes.isRunning()) {
            nodes.forgetNames();
        }
        K3sNodes.ofThisJvm().giveBack(settings, nodes);
    }
}
