// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.cluster.Exporting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A cluster that nobody asks for anything, with relays. */
final class RelayedKubernetes implements Kubernetes {
    /** The namespaces and targets of the relays that were started. */
    final List<String> relayed = new ArrayList<>();

    /** All node ports. */
    @Nullable InetSocketAddress node;

    private final KubernetesClient client;

    RelayedKubernetes() {
        this(new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build())
                .build());
    }

    RelayedKubernetes(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<Relay.Starter> relays() {
        return Optional.of((namespace, targets) -> {
            relayed.add(namespace + ": " + targets);
            return new Relay(namespace, "relay", "uid of the relay in " + namespace, 20_001, new CompletableFuture<>());
        });
    }

    @Override
    public boolean mayReachNodePorts() {
        return node != null;
    }

    @Override
    public InetSocketAddress nodePort(int port) {
        return Objects.requireNonNull(node);
    }

    @Override
    public List<String> look(List<HasMetadata> objects) {
        return List.of();
    }

    @Override
    public boolean hasOneNode() {
        return false;
    }

    @Override
    public int nextNodePort() {
        return 0;
    }

    @Override
    public String describe() {
        return "a cluster";
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public String namespace() {
        return "team";
    }

    @Override
    public Set<String> preloaded() {
        return Set.of();
    }

    @Override
    public String images() {
        return "";
    }

    @Override
    public void admit(HasMetadata object) {}

    @Override
    public Optional<OwnerReference> owner(String namespace) {
        return Optional.empty();
    }

    @Override
    public Exporting exporting() {
        return Exporting.NONE;
    }

    @Override
    public Helper startHelper(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> keeper() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<String> lost() {
        return new CompletableFuture<>();
    }

    @Override
    public void close() {
        client.close();
    }
}
