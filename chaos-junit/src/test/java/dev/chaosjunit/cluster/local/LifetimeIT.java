// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a local cluster makes")
class LifetimeIT {

    @ParameterizedTest
    @ValueSource(strings = {"hold", "leak", "listeners"})
    @DisplayName(
            "is gone one second after its JVM was killed, also with a child that holds its pipes, or with listeners")
    void killed(String mode) throws IOException {
        Process jvm = holder(mode);
        try {
            Traces traces = whenReady(jvm);

            jvm.destroyForcibly();

            assertGone(traces);
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    @DisplayName("is gone when the JVM exits without closing it")
    void exit() throws Exception {
        Process jvm = holder("hold");
        try {
            Traces traces = whenReady(jvm);

            jvm.destroy();
            assertThat(jvm.waitFor(10, SECONDS)).as("its end, however busy").isTrue();

            assertGone(traces);
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    @DisplayName("does not disturb a second cluster at the same time")
    void two() throws IOException {
        try (LocalCluster first = HelloCluster.start()) {
            String url = "http://" + first.services().get(0).addresses().get(0) + ":8000";
            try (LocalCluster second = HelloCluster.start()) {
                assertThat(second.instances().get(0).address())
                        .isNotEqualTo(first.instances().get(0).address());
                assertThat(HelloCluster.get(
                                "http://" + second.services().get(0).addresses().get(0) + ":8000"))
                        .startsWith("hello-");
                assertThat(HelloCluster.get(url)).startsWith("hello-");
                assertThat(resolve(first))
                        .isEqualTo(first.services().get(0).addresses().get(0));
                assertThat(resolve(second))
                        .isEqualTo(second.services().get(0).addresses().get(0));
            }
            assertThat(HelloCluster.get(url)).startsWith("hello-");
        }
    }

    private static String resolve(LocalCluster cluster) throws IOException {
        return HelloCluster.get("http://" + cluster.instances().get(0).address() + "/resolve?name=hello");
    }

    private static Process holder(String mode) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), ClusterHolder.class.getName(), mode)
                .redirectErrorStream(true)
                .start();
    }

    /** Wait until the child's cluster is ready. */
    private static Traces whenReady(Process jvm) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ClusterHolder.READY)) {
                Traces traces = Traces.of(jvm.toHandle()).with(line);
                assertThat(traces.namespaces())
                        .as("two pods' and, for root, the node's")
                        .hasSizeBetween(2, 3);
                assertThat(traces.links()).hasSize(1);
                assertThat(traces.cgroups())
                        .as("one, and one for each controller of cgroup v1")
                        .isNotEmpty();
                return traces;
            }
            all.append(line).append('\n');
        }
        throw new AssertionError("the child JVM ended: " + all);
    }

    private static void assertGone(Traces traces) {
        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(traces.remaining()).matches(Traces::isEmpty, "empty"));
    }
}
