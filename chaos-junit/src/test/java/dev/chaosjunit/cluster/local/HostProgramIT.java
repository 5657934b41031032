// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.HostProgramSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A program of this machine in a pod")
class HostProgramIT {
    private static final Path RESOURCES = Path.of("src/test/resources/cluster");

    @Test
    @DisplayName("runs as its user with the pod's environment, is prepared once however often it starts, and is told")
    void perl() throws IOException {
        HostProgramSpec perl = perl("echo prepared for $GREETING by $(id -un)", "daemon");

        try (LocalCluster cluster = start(perl, Duration.ofSeconds(30))) {
            String url = "http://" + cluster.instances().get(0).address() + ":8080/";
            assertThat(HelloCluster.get(url)).isEqualTo("good morning, from perl-0 as 1");
            assertThat(cluster.describe())
                    .matches("local: 1 pods in [^;]+; perl:5.40 is this machine's /usr/bin/perl, This is perl 5.*");

            HelloCluster.get(url + "exit");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(cluster.log("perl-0", 10))
                            .containsExactly("prepared for good morning, by daemon", "listening", "listening"));
        }
    }

    @Test
    @DisplayName("does not start where it cannot be prepared, and the shell's words are told")
    void unprepared() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> start(perl("echo half; no-such-command; echo whole", ""), Duration.ofMinutes(10)))
                .withMessageMatching("(?s)pod perl-0 ended with exit code 127 before it was ready; it printed last:"
                        + "\n  half\n  .*no-such-command.*");
    }

    private static HostProgramSpec perl(String prepare, String user) {
        Path server = RESOURCES.resolve("server.pl").toAbsolutePath();
        List<String> command = List.of("perl", "-e", text(server), "$(GREETING)");
        return new HostProgramSpec("perl", command, prepare, user, List.of("perl-base"));
    }

    private static LocalCluster start(HostProgramSpec program, Duration readyWithin) {
        ManifestSource manifest = new ManifestSource("perl.yaml", text(RESOURCES.resolve("perl.yaml")));
        return LocalCluster.start(
                ManifestReader.read(List.of(manifest), List.of()),
                List.of(program),
                HelloCluster.PROGRAMS,
                built -> {},
                Collector.NONE,
                readyWithin,
                HelloCluster.WORK.resolve("host-program"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
