// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.PodEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pods of a run")
class PodsAtStartTests {
    private static final Duration NO_TIME = Duration.ZERO;

    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");

    @Test
    @DisplayName("are back when as many are ready as before, also where others came in their places")
    void back() throws InterruptedException {
        PodsAtStart pods = new PodsAtStart(cluster, Clock.SYSTEM);
        cluster.restart("p-0");
        cluster.go("p-1");
        cluster.come("p-2");
        assertThat(pods.awaitBack(System.nanoTime(), NO_TIME)).isEmpty();
        assertThat(pods.gone()).containsExactly("p-1");
    }

    @Test
    @DisplayName("are not back as long as one is missing or not ready")
    void missing() throws InterruptedException {
        PodsAtStart pods = new PodsAtStart(cluster, Clock.SYSTEM);
        cluster.ready("p-0", false);
        assertThat(pods.awaitBack(System.nanoTime(), NO_TIME)).isEqualTo("p has 1 of 2");
        cluster.go("p-0");
        cluster.go("p-1");
        assertThat(pods.awaitBack(System.nanoTime(), NO_TIME)).isEqualTo("p has 0 of 2");
    }

    @Test
    @DisplayName("are not held to more than were ready when the run began")
    void unreadyBefore() throws InterruptedException {
        cluster.ready("p-0", false);
        assertThat(new PodsAtStart(cluster, Clock.SYSTEM).awaitBack(System.nanoTime(), NO_TIME))
                .isEmpty();
    }

    @Test
    @DisplayName("may take their time from their last end on, and ends before the run are none of it")
    void ends() throws InterruptedException {
        cluster.end(end("before", System.nanoTime()));
        PodsAtStart pods = new PodsAtStart(cluster, Clock.SYSTEM);
        assertThat(pods.ends()).isEmpty();
        cluster.go("p-0");
        long start = System.nanoTime();
        cluster.end(end("p-0", start));
        assertThat(pods.awaitBack(0, Duration.ofMillis(300))).isEqualTo("p has 1 of 2");
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000);
        assertThat(pods.ends()).extracting(PodEnd::pod).containsExactly("p-0");
    }

    private static PodEnd end(String pod, long at) {
        return new PodEnd(pod, pod, "exit code 1", at, Duration.ZERO, List.of(), false);
    }
}
