// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pod of a local cluster")
class ListenerIT {

    private static final int OWN_FILTERS = filters(Path.of("/proc/self/status"));

    @ParameterizedTest
    @ValueSource(strings = {"chaos-io-uring", "chaos-io-uring-enter"})
    @DisplayName("runs under one filter more than this JVM when its template names a RuntimeClass, and answers as ever")
    void listener(String runtimeClass) throws IOException {
        Traces before = Traces.of(ProcessHandle.current());
        try (LocalCluster cluster = HelloCluster.start(runtimeClass)) {
            for (Instance pod : cluster.instances()) {
                Path process = Path.of("/proc/" + pod.pid());
                assertThat(Files.readString(process.resolve("status"))).containsPattern("Seccomp:\t2\n");
                assertThat(filters(process.resolve("status"))).isEqualTo(OWN_FILTERS + 2);
                assertThat(Files.readSymbolicLink(process.resolve("exe"))).hasFileName("hello");
                assertThat(HelloCluster.get("http://" + pod.address())).startsWith(pod.name());
            }
            assertThat(cluster.log("hello-0", 10))
                    .containsExactly("hello from hello-0, arguments [\"--name=hello-0\" \"$(UNKNOWN)\" \"$(POD)\"]");
            assertThat(cluster.keeper(""))
                    .hasValueSatisfying(socket -> assertThat(Path.of(socket)).exists());
        }
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(Traces.of(ProcessHandle.current()).without(before))
                                .matches(Traces::isEmpty, "empty"));
    }

    @Test
    @DisplayName("runs under the filter of every pod alone without one, and nothing keeps listeners then")
    void none() {
        try (LocalCluster cluster = HelloCluster.start()) {
            for (Instance pod : cluster.instances()) {
                assertThat(filters(Path.of("/proc/" + pod.pid() + "/status"))).isEqualTo(OWN_FILTERS + 1);
            }
            assertThat(cluster.keeper("")).isEmpty();
        }
    }

    @Test
    @DisplayName("has a keeper whose directory the machine does not see")
    void hidden() {
        try (LocalCluster cluster = HelloCluster.start("chaos-io-uring")) {
            String socket = cluster.keeper("").orElseThrow();
            Path outside = Path.of(socket.replaceFirst("^/proc/[0-9]+/root", ""));
            assertThat(outside.getParent()).isDirectory();
            assertThat(outside).doesNotExist();
        }
    }

    /** How many filters a process has. */
    private static int filters(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("Seccomp_filters:"))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
