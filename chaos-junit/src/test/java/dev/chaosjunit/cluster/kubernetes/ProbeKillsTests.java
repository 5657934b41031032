// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.kubernetes.ContainerEnds.Ended;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A container that the kubelet ended")
class ProbeKillsTests {

    private static final Ended ENDED = new Ended(
            new Pod(),
            "api",
            new ContainerStateTerminatedBuilder()
                    .withStartedAt("2026-11-27T05:00:10Z")
                    .withFinishedAt("2026-11-27T05:00:20Z")
                    .build());
    private static final Event KILLED =
            event("Killing", "Container api failed liveness probe, will be restarted", "api", 20);

    @Test
    @DisplayName("was ended by the probe that failed last")
    void probe() {
        assertThat(ProbeKills.of(
                        ENDED,
                        List.of(
                                KILLED,
                                event("Unhealthy", "Liveness probe failed: HTTP probe failed: 503", "api", 19),
                                event("Unhealthy", "Liveness probe failed: HTTP probe failed: 500", "api", 18),
                                event("Unhealthy", "Readiness probe failed: refused", "api", 20))))
                .isEqualTo("its liveness probe failed: HTTP probe failed: 503");
        assertThat(ProbeKills.of(ENDED, List.of(KILLED))).isEqualTo("its liveness probe failed");
    }

    @Test
    @DisplayName("was not ended by a probe before it lived, of another container, or for another reason")
    void other() {
        assertThat(ProbeKills.of(
                        ENDED,
                        List.of(
                                event("Killing", KILLED.getMessage(), "api", 9),
                                event("Killing", KILLED.getMessage(), "other", 20),
                                event("Killing", "Stopping container api", "api", 20),
                                event("Unhealthy", "Liveness probe failed: 503", "api", 19))))
                .isEmpty();
    }

    private static Event event(String reason, String message, String container, int second) {
        return new EventBuilder()
                .withReason(reason)
                .withMessage(message)
                .withLastTimestamp("2026-11-27T05:00:%02dZ".formatted(second))
                .withNewInvolvedObject()
                .withFieldPath("spec.containers{" + container + "}")
                .endInvolvedObject()
                .build();
    }
}
