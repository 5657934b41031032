// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.exception.DockerException;
import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.RemoteHelper;
import dev.chaosjunit.quantity.Durations;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.utility.MountableFile;

/** A Kubernetes node that runs. */
final class K3sNode implements AutoCloseable {
    /** Without pkill, which not every image has. */
    private static final String RELOAD_DNS = "for p in /proc/[0-9]*; do read -r name < $p/comm || continue;"
            + " if [ \"$name\" = coredns ]; then kill -USR1 ${p#/proc/}; fi; done 2> /dev/null; true";

    private static final Duration DNS_WITHIN = Duration.ofSeconds(60);

    /** After which a node's agents give up on a JVM that is stopped, and not dead. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final NodeContainer container;
    private final KubernetesClient client;
    private final List<Integer> published;
    private final String version;
    private final Map<String, Path> loaded = new HashMap<>();
    private int nextPublished;

    private K3sNode(NodeContainer container, KubernetesClient client) {
        this.container = container;
        this.client = client;
        this.published = container.published();
        this.version = Objects.requireNonNull(client.getKubernetesVersion()).getGitVersion();
    }

    /**
     * Make ready to start one.
     *
     * @throws RuntimeUnavailableException when Testcontainers does not let us
     */
    static NodeContainer prepare(DockerEngine engine, String image, String architecture) {
        DockerEngine.connectTestcontainers();
        try {
            NodeContainer container = new NodeContainer(image, architecture, engine.portsToPublish());
            NodeListeners.prepare(container, architecture);
            return container;
        } catch (ContainerFetchException | DockerException | HelperException e) {
            throw NodeFailure.notStarted(image, e);
        }
    }

    /**
     * Start a node and wait until its pods can resolve names.
     *
     * @throws RuntimeUnavailableException when the engine does not let us
     */
    static K3sNode start(NodeContainer container) {
        long start = System.nanoTime();
        try {
            return K3sRuntime.WAITING.during(() -> "a node starts from image " + container.getDockerImageName(), () -> {
                container.start();
                return ready(container, start);
            });
        } catch (ContainerLaunchException | DockerException e) {
            container.stop();
            throw NodeFailure.notStarted(container.getDockerImageName(), e);
        } catch (RuntimeException | Error e) {
            container.stop();
            throw e;
        }
    }

    private static K3sNode ready(NodeContainer container, long start) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(container.getKubeConfigYaml()))
                .build();
        try {
            K3sNode node = new K3sNode(container, client);
            node.awaitDns();
            node.say("ready " + since(start) + " after its start");
            return node;
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    private static String since(long start) {
        return Durations.format(Duration.ofMillis((System.nanoTime() - start) / 1_000_000));
    }

    private void awaitDns() {
        try {
            client.pods()
                    .inNamespace("kube-system")
                    .withLabel("k8s-app", "kube-dns")
                    .waitUntilCondition(
                            pod -> pod != null && Readiness.isPodReady(pod), DNS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw new ClusterException(
                    "CoreDNS of the node is not ready within " + Durations.format(DNS_WITHIN)
                            + "; the node printed last:\n" + container.lastLogs(),
                    e);
        }
    }

    void say(String what) {
        System.out.println("[k3s] node " + container.getContainerId().substring(0, 12) + " " + what);
    }

    KubernetesClient client() {
        return client;
    }

    String describe() {
        return "k3s " + version + " (" + container.getDockerImageName() + ")";
    }

    /** Load images that the node does not have yet, by name. */
    void load(Map<String, Path> tars) {
        tars.forEach((name, tar) -> {
            if (!tar.equals(loaded.get(name))) {
                String inside = "/tmp/" + tar.getFileName();
                container.copyFileToContainer(MountableFile.forHostPath(tar), inside);
                container.run("k3s", "ctr", "images", "import", inside);
                container.run("rm", "-f", inside);
                loaded.put(name, tar);
            }
        });
    }

    /** The next of the node ports that are published, in turn; 0 where all are reached. */
    int nextNodePort() {
        return published.isEmpty() ? 0 : published.get(nextPublished++ % published.size());
    }

    InetSocketAddress nodePort(int port) {
        return published.isEmpty()
                ? new InetSocketAddress(
                        container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                                .map(network -> network.getIpAddress())
                                .filter(address -> address != null && !address.isEmpty())
                                .findFirst()
                                .orElseThrow(),
                        port)
                : new InetSocketAddress(container.getHost(), container.getMappedPort(port));
    }

    Helper startHelper() throws HelperException {
        try {
            ExecProcess process = container.exec(NodeContainer.AGENT, "--silence", Long.toString(SILENCE.toSeconds()));
            ChaosAgent agent = ChaosAgent.over(
                    process, "in node " + container.getContainerId().substring(0, 12));
            agent.keepAlive(KEEP_ALIVE);
            return new RemoteHelper(agent, () -> container.watch().why(process));
        } catch (IOException e) {
            throw new ClusterException("the agent does not start: " + e.getMessage(), e);
        }
    }

    /** Completes when the node ends before it is closed. */
    CompletableFuture<String> lost() {
        return container.watch().lost();
    }

    /**
     * Have CoreDNS drop its cache, which it does when it reads its configuration anew: for some seconds it would give the
     * next class the addresses of Services of the same names that are gone.
     */
    void forgetNames() {
        try {
            container.run("sh", "-c", RELOAD_DNS);
        } catch (ClusterException e) {
            say("still has names in its cache: " + e.getMessage());
        }
    }

    /** Whether it runs, with all that a node needs. */
    boolean isRunning() {
        return container.isRunning() && !lost().isDone();
    }

    @Override
    public void close() {
        try (client) {
            container.stop();
        }
    }
}
