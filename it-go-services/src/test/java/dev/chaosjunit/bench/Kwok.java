// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** A real API server, with its controllers and scheduler, and nodes that there are not: kwok answers for them. */
final class Kwok implements AutoCloseable {
    static final String LABEL = "dev.chaosjunit/simulated";

    private static final String MARK = "kwok.x-k8s.io/node";
    private static final Path FILES = Path.of("target", "bench").toAbsolutePath();
    private static final Path STAGES =
            Path.of("src/test/resources/scale/kwok.yaml").toAbsolutePath();

    private final K3sContainer server;
    private final KubernetesClient owner;
    private final Process kwok;
    private int nodes;

    private Kwok(K3sContainer server, KubernetesClient owner, Process kwok) {
        this.server = server;
        this.owner = owner;
        this.kwok = kwok;
    }

    /**
     * Start it.
     *
     * @param image of a K3s node
     * @param program kwok's
     */
    static Kwok start(String image, Path program) throws IOException {
        K3sContainer server = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        server.start();
        try {
            Files.createDirectories(FILES);
            Path kubeconfig = FILES.resolve("kubeconfig.yaml");
            Files.writeString(kubeconfig, server.getKubeConfigYaml());
            Process kwok = new ProcessBuilder(
                            program.toString(),
                            "--kubeconfig=" + kubeconfig,
                            "--config=" + STAGES,
                            "--manage-all-nodes=false",
                            "--manage-nodes-with-annotation-selector=" + MARK + "=fake",
                            "--node-lease-duration-seconds=200")
                    .redirectErrorStream(true)
                    .redirectOutput(FILES.resolve("kwok.log").toFile())
                    .start();
            return new Kwok(server, client(server, new RequestCount()), kwok);
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    /** A user's own client, whose requests are counted. */
    KubernetesClient client(RequestCount count) {
        return client(server, count);
    }

    private static KubernetesClient client(K3sContainer server, RequestCount count) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("bench-count", count))
                .build();
    }

    /** That of the cluster's owner, who is counted by nobody. */
    KubernetesClient owner() {
        return owner;
    }

    /** Have so many nodes, all ready. */
    void grow(int wanted) {
        for (; nodes < wanted; nodes++) {
            var unused = owner.resource(new NodeBuilder()
                            .withNewMetadata()
                            .withName("simulated-" + nodes)
                            .withAnnotations(Map.of(MARK, "fake"))
                            .withLabels(Map.of(LABEL, "true"))
                            .endMetadata()
                            .withNewSpec()
                            .addNewTaint("NoSchedule", LABEL, null, "true")
                            .endSpec()
                            .withNewStatus()
                            .withAllocatable(room())
                            .withCapacity(room())
                            .endStatus()
                            .build())
                    .create();
        }
        for (int node = 0; node < nodes; node++) {
            var unused = owner.nodes().withName("simulated-" + node).waitUntilReady(1, TimeUnit.MINUTES);
        }
    }

    private static Map<String, Quantity> room() {
        return Map.of("cpu", new Quantity("64"), "memory", new Quantity("256Gi"), "pods", new Quantity("110"));
    }

    @Override
    public void close() {
        kwok.destroy();
        owner.close();
        server.stop();
    }
}
