// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
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

/** A node for one class; closing it keeps the node for the next. */
final class TakenNode implements Kubernetes {
    private final K3sNode node;
    private final String image;
    private final Set<String> preloaded;

    TakenNode(K3sNode node, String image, Set<String> preloaded) {
        this.node = node;
        this.image = image;
        this.preloaded = preloaded;
    }

    @Override
    public String describe() {
        return node.describe();
    }

    @Override
    public KubernetesClient client() {
        return node.client();
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
        return "Images that a @GoImage declares are built and loaded into the node (" + preloaded
                + "); the node pulls all others";
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
        return true;
    }

    @Override
    public List<String> look(List<HasMetadata> objects) {
        return List.of();
    }

    @Override
    public int nextNodePort() {
        return node.nextNodePort();
    }

    @Override
    public boolean mayReachNodePorts() {
        return true;
    }

    @Override
    public InetSocketAddress nodePort(int port) {
        return node.nodePort(port);
    }

    /** None: the node is on this machine, or its ports are published here. */
    @Override
    public Optional<Relay.Starter> relays() {
        return Optional.empty();
    }

    @Override
    public Helper startHelper(String name) throws HelperException {
        return node.startHelper();
    }

    @Override
    public Optional<String> keeper() {
        return Optional.of(NodeListeners.CONTROL);
    }

    @Override
    public CompletableFuture<String> lost() {
        return node.lost();
    }

    @Override
    public void close() {
        if (node.isRunning()) {
            node.forgetNames();
        }
        K3sNodes.ofThisJvm().giveBack(image, node);
    }
}
