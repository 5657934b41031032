// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.PodEnd;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod of a local cluster with limits")
class PodLimitsIT {
    private static final String LIMITS = "resources: {limits: {memory: 64Mi, cpu: 200m}}";

    @Test
    @DisplayName("is killed when it takes more memory, told so, and started again")
    void memory() throws IOException {
        try (Inspector inspector = Inspector.start(LIMITS)) {
            assertThat(inspector.ask("eat", "mebibytes", "16")).isEqualTo("eaten");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> inspector.ask("eat", "mebibytes", "128"));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(inspector.cluster().ends())
                            .extracting(PodEnd::pod, PodEnd::how)
                            .containsExactly(tuple(
                                    "inspector-0",
                                    "exit code 137 (signal 9, SIGKILL): OOMKilled, as it needed more than its"
                                            + " resources.limits.memory")));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !inspector.cluster().instances().isEmpty()
                            && inspector.cluster().unready().isEmpty());
            assertThat(inspector.ask("eat", "mebibytes", "16")).isEqualTo("eaten");
        }
    }

    @Test
    @DisplayName("gets no more processor time")
    void cpu() throws IOException {
        try (Inspector inspector = Inspector.start(LIMITS)) {
            assertThat(Long.parseLong(inspector.ask("spin")))
                    .as("milliseconds of 500, where it may have a fifth and what is left of periods at both ends")
                    .isBetween(20L, 220L);
        }
    }

    @Test
    @DisplayName("has no more threads than a pod may have")
    void threads() throws IOException {
        try (Inspector inspector = Inspector.start("stdin: false")) {
            assertThat(inspector.ask("threads", "number", "1000")).isEqualTo("started");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> inspector.ask("threads", "number", String.valueOf(PodLimits.PROCESSES)));

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !inspector.cluster().ends().isEmpty());
            assertThat(inspector.cluster().ends().get(0).printed()).contains("fatal error: newosproc");
        }
    }
}
