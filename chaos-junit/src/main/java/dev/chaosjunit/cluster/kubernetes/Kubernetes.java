// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Exporting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A Kubernetes as it was found or made, taken for one class; closing it gives it back. */
public interface Kubernetes extends AutoCloseable {

    /** What it is, for messages and the report: {@code "k3s v1.34.4+k3s1"}. */
    String describe();

    KubernetesClient client();

    /** Where objects go whose manifest names no namespace. */
    String namespace();

    /** Names of images that were built and are there, so that nothing must pull them. */
    Set<String> preloaded();

    /** Where images come from here, said when a pod lacks its own. */
    String images();

    /**
     * Look at an object before it is sent to the API server, be it of a manifest or made by us for one, and add to it what this cluster wants.
     *
     * @throws dev.chaosjunit.cluster.ClusterException when it may not be applied here
     */
    void admit(HasMetadata object);

    /** Whom to name in what is made in a namespace, so that it goes when the run was killed; absent where all goes then. */
    Optional<OwnerReference> owner(String namespace);

    /**
     * Look once more at a run's objects before the first of them is sent: together with what others have here.
     *
     * @return what could not be looked at, for the report
     * @throws dev.chaosjunit.cluster.ClusterException when they and what others have would get at each other
     */
    List<String> look(List<HasMetadata> objects);

    /** The number that a node port must have to be reached from here; 0 where any is. */
    int nextNodePort();

    /**
     * Whether all pods are on one node. A node port there leads to pods of that node anyway, and need not give connections the
     * node's own address, from which the kubelet's probes come.
     */
    boolean hasOneNode();

    /** Whether node ports may be reached from here; whether one is, only connecting to it tells. */
    boolean mayReachNodePorts();

    /** Where a node port is reached from here, if they may be. */
    InetSocketAddress nodePort(int port);

    /** What takes load to Services where no node port is reached; absent where they always are. */
    Optional<Relay.Starter> relays();

    /** What pods are told to export to. */
    Exporting exporting();

    /** Start a helper where the node's processes can be seen. */
    Helper startHelper(String node) throws HelperException;

    /** The control socket of the keeper that each node has, as its helper sees it; absent where nodes have none. */
    Optional<String> keeper();

    /** As {@link dev.chaosjunit.cluster.Cluster#lost()}. */
    CompletableFuture<String> lost();

    @Override
    void close();
}
