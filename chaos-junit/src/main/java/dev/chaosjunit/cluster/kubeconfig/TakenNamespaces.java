// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Exporting;
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

/** Namespaces of somebody's cluster for one class; closing it gives them back. */
final class TakenNamespaces implements Kubernetes {
    private final Connection connection;
    private final KubernetesClient client;
    private final AllowList allowed;
    private final Neighbours neighbours;
    private final Leases leases;
    private final Agents agents;
    private final Exporting exporting;
    private final Optional<String> node;
    private final boolean oneNode;

    TakenNamespaces(
            Connection connection,
            AllowList allowed,
            Neighbours neighbours,
            Leases leases,
            Agents agents,
            Exporting exporting) {
        this.connection = connection;
        this.client = connection.client();
        this.allowed = allowed;
        this.neighbours = neighbours;
        this.leases = leases;
        this.agents = agents;
        this.exporting = exporting;
        this.node = NodeAddresses.find(client);
        this.oneNode = NodeAddresses.areOfOneNode(client);
    }

    @Override
    public String describe() {
        return connection.describe() + ", images as its nodes have or pull them";
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String namespace() {
        return allowed.namespaces().get(0);
    }

    @Override
    public Set<String> preloaded() {
        return Set.of();
    }

    @Override
    public String images() {
        return "For an existing cluster no @GoImage is built: its nodes must have the images of the manifests, or be"
                + " able to pull them";
    }

    @Override
    public void admit(HasMetadata object) {
        allowed.admit(object);
        neighbours.admit(object);
        Ownership.put(object, leases.owner(object.getMetadata().getNamespace()));
    }

    @Override
    public Optional<OwnerReference> owner(String namespace) {
        return Optional.of(leases.owner(namespace));
    }

    @Override
    public boolean hasOneNode() {
        return oneNode;
    }

    @Override
    public List<String> look(List<HasMetadata> objects) {
        return neighbours.look(objects);
    }

    @Override
    public int nextNodePort() {
        return 0;
    }

    @Override
    public boolean mayReachNodePorts() {
        return node.isPresent();
    }

    @Override
    public InetSocketAddress nodePort(int port) {
        return new InetSocketAddress(node.orElseThrow(), port);
    }

    @Override
    public Optional<Relay.Starter> relays() {
        return Optional.of((namespace, targets) -> agents.relay(namespace, targets, leases.owner(namespace)));
    }

    @Override
    public Exporting exporting() {
        return exporting;
    }

    @Override
    public Helper startHelper(String name) throws HelperException {
        return agents.start(name, namespace(), leases.owner(namespace()));
    }

    /** None: a keeper would need the container runtime of somebody's nodes to be configured anew. */
    @Override
    public Optional<String> keeper() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<String> lost() {
        return leases.lost();
    }

    @Override
    public void close() {
        try (client;
                leases) {
            agents.close();
        }
    }
}
