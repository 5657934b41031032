// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.image.Architecture;
import dev.chaosjunit.cluster.image.ContainerImage;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.image.GoImages;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The one node of a foreign cluster, with the images that its owner would have put there long before. */
record ForeignNode(K3sContainer container, KubernetesClient client) implements AutoCloseable {
    /** Tests run in several JVMs, and each that needs one has a cluster. */
    static final Path FILES = Path.of(
                    "target", "foreign-cluster-" + ProcessHandle.current().pid())
            .toAbsolutePath();

    static final Path KUBECONFIG = FILES.resolve("kubeconfig.yaml");

    static ForeignNode start(String image) {
        K3sContainer container =
                new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            List<String> lines = container.getLogs().lines().toList();
            throw new IllegalStateException(
                    "the last it printed:\n"
                            + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())),
                    e);
        }
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(container.getKubeConfigYaml()))
                .build();
        ForeignNode node = new ForeignNode(container, client);
        try {
            Files.createDirectories(FILES);
            Files.writeString(KUBECONFIG, container.getKubeConfigYaml());
            node.load(image("user-api"));
            node.load(image("auth-service"));
            node.load(AgentImage.tar(Architecture.ofThisMachine(), FILES));
            return node;
        } catch (IOException | HelperException | InterruptedException e) {
            node.close();
            throw new IllegalStateException(e);
        }
    }

    private static Path image(String service) {
        String arch = Architecture.ofThisMachine();
        GoImageSpec image =
                new GoImageSpec(service, "./cmd/" + service, Path.of("").toAbsolutePath());
        GoImages images = new GoImages(List.of(image), new GoBuild(FILES.resolve("programs"), arch));
        return new ContainerImage(service, images.build(image), arch, false).tar(FILES);
    }

    private void load(Path tar) throws IOException, InterruptedException {
        container.copyFileToContainer(MountableFile.forHostPath(tar), "/tmp/image.tar");
        ExecResult imported = container.execInContainer("k3s", "ctr", "images", "import", "/tmp/image.tar");
        assertThat(imported.getExitCode()).as(imported.getStderr()).isZero();
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
