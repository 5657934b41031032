// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.exception.DockerException;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.quantity.Durations;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.lifecycle.Startables;

/** Nodes that run: a server, and the agents that have joined it. */
final class K3sCluster implements AutoCloseable {
    private final NodeContainer server;
    private final List<K3sNode> nodes;
    private final KubernetesClient client;
    private final String version;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private int nextPublished;

    private K3sCluster(List<NodeContainer> containers, KubernetesClient client) {
        this.server = containers.get(0);
        this.nodes = containers.stream().map(K3sNode::new).toList();
        this.client = client;
        this.version = Objects.requireNonNull(client.getKubernetesVersion()).getGitVersion();
        nodes.forEach(node -> {
            var unused = node.lost().thenAccept(lost::complete);
        });
    }

    /**
     * Start nodes and wait until their pods can resolve names.
     *
     * @param containers the server's is the first
     * @throws RuntimeUnavailableException when the engine does not let us
     */
    static K3sCluster start(List<NodeContainer> containers) {
        long start = System.nanoTime();
        String image = containers.get(0).getDockerImageName();
        String what = containers.size() == 1 ? "a node starts" : containers.size() + " nodes start";
        try {
            return K3sRuntime.WAITING.during(() -> what + " from image " + image, () -> {
                startAll(containers);
                return ready(containers, start);
            });
        } catch (ContainerLaunchException | DockerException e) {
            containers.forEach(NodeContainer::stop);
            throw NodeFailure.notStarted(image, e);
        } catch (RuntimeException | Error e) {
            containers.forEach(NodeContainer::stop);
            throw e;
        }
    }

    /** The agents side by side, once there is a server that they can join. */
    private static void startAll(List<NodeContainer> containers) {
        NodeContainer server = containers.get(0);
        server.start();
        List<NodeContainer> agents = containers.subList(1, containers.size());
        agents.forEach(agent -> agent.join(server));
        try {
            Startables.deepStart(agents).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static K3sCluster ready(List<NodeContainer> containers, long start) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(containers.get(0).getKubeConfigYaml()))
                .build();
        try {
            K3sCluster cluster = new K3sCluster(containers, client);
            new NodesReady(client, containers).await();
            cluster.say("ready " + since(start) + " after its start");
            return cluster;
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    private static String since(long start) {
        return Durations.format(Duration.ofMillis((System.nanoTime() - start) / 1_000_000));
    }

    void say(String what) {
        String others = nodes.size() == 1 ? "" : " and " + (nodes.size() - 1) + " more";
        System.out.println("[k3s] " + server.describe() + others + " " + what);
    }

    KubernetesClient client() {
        return client;
    }

    String describe() {
        return "k3s " + version + " (" + server.getDockerImageName() + ")"
                + (nodes.size() == 1 ? "" : " on " + nodes.size() + " nodes");
    }

    boolean hasOneNode() {
        return nodes.size() == 1;
    }

    /** Load images that the nodes do not have yet, by name. */
    void load(Map<String, Path> tars) {
        nodes.parallelStream().forEach(node -> node.load(tars));
    }

    /** The next of the node ports that are published, in turn; 0 where all are reached. */
    int nextNodePort() {
        List<Integer> published = server.published();
        return published.isEmpty() ? 0 : published.get(nextPublished++ % published.size());
    }

    /** The server's: from there a node port leads to the pods of all nodes. */
    InetSocketAddress nodePort(int port) {
        return server.published().isEmpty()
                ? new InetSocketAddress(server.address(), port)
                : new InetSocketAddress(server.getHost(), server.getMappedPort(port));
    }

    Helper startHelper(String name, Duration lostAfter) throws HelperException {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClusterException("a pod is on node " + name + ", which is none of this cluster"))
                .startHelper(lostAfter);
    }

    /** Completes when one of its nodes ends before it is closed. */
    CompletableFuture<String> lost() {
        return lost;
    }

    /**
     * Have a collector listen where pods reach it: on the address that this machine has towards the server.
     *
     * @throws RuntimeUnavailableException where a node cannot connect there
     */
    Exporting exporting(Collector collector) {
        Exporting exporting = collector.listen(HostAddress.towards(server.address()));
        exporting.to().ifPresent(to -> nodes.forEach(node -> node.requireWay(to)));
        return exporting;
    }

    void forgetNames() {
        try {
            nodes.forEach(K3sNode::forgetNames);
        } catch (ClusterException e) {
            say("still has names in its cache: " + e.getMessage());
        }
    }

    /** Whether all nodes run, with all that they need. */
    boolean isRunning() {
        return nodes.stream().allMatch(K3sNode::isRunning);
    }

    /** The server last, and even where an agent cannot be stopped. */
    @Override
    public void close() {
        try {
            nodes.stream().skip(1).forEach(K3sNode::close);
        } finally {
            try (client) {
                nodes.get(0).close();
            }
        }
    }
}
