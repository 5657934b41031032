// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod of several containers")
class SeveralContainersIT {
    private static final Path RESOURCES = Path.of("src/test/resources/cluster").toAbsolutePath();

    @Test
    @DisplayName("runs its init containers one after another, then the others side by side in one network")
    void together() throws IOException {
        try (LocalCluster cluster = start(UnaryOperator.identity())) {
            assertThat(cluster.log("several-0", 4).subList(0, 2)).containsExactly("first: [end 0]", "second: [end 0]");
            assertThat(HelloCluster.get("http://" + address(cluster) + ":8080/ask?port=:9090"))
                    .isEqualTo("this is :9090");
            assertThat(cluster.log("migrate-0", 1)).containsExactly("[end 0]");
            assertThat(cluster.instances()).extracting(Instance::name).containsExactly("several-0", "alone");
            assertThat(cluster.unready()).isEmpty();
            assertThat(cluster.ends()).isEmpty();
        }
    }

    @Test
    @DisplayName("that loses one gets that one back, is not ready without it, and its end is told by name")
    void oneEnds() throws IOException {
        try (LocalCluster cluster = start(UnaryOperator.identity())) {
            Instance before = cluster.instances().get(0);
            cut("http://" + address(cluster) + ":9090/end");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.ends())
                            .extracting(PodEnd::pod, PodEnd::how)
                            .containsExactly(tuple("several-0", "side: exit code 4")));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.unready()).isEmpty());
            assertThat(cluster.instances().get(0).isSame(before)).isTrue();
            assertThat(HelloCluster.get("http://" + address(cluster) + ":9090/"))
                    .isEqualTo("this is :9090");
        }
    }

    @Test
    @DisplayName("whose init container fails does not start, and the container is named")
    void initFails() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> start(yaml -> yaml.replace("args: [\"0\"]", "args: [\"3\"]")))
                .withMessageContaining(
                        "pod several-0, container second ended with exit code 3 before it was ready; it printed last:")
                .withMessageContaining("[end 3]");
    }

    private static String address(LocalCluster cluster) {
        return cluster.instances().get(0).address();
    }

    private static void cut(String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        assertThatExceptionOfType(IOException.class).isThrownBy(connection::getResponseCode);
    }

    private static LocalCluster start(UnaryOperator<String> change) {
        try {
            String yaml = change.apply(Files.readString(RESOURCES.resolve("several.yaml")));
            return LocalCluster.start(
                    ManifestReader.read(List.of(new ManifestSource("several.yaml", yaml)), List.of()),
                    List.of(new GoImageSpec("several", ".", RESOURCES.resolve("several"))),
                    HelloCluster.PROGRAMS,
                    built -> {},
                    Collector.NONE,
                    Duration.ofSeconds(30),
                    HelloCluster.WORK.resolve("several"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
