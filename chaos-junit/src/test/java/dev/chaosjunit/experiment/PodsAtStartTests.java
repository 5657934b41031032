// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.ChangingCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pods of a run")
class PodsAtStartTests {
    private static final Duration NO_TIME = Duration.ZERO;
    private static final Duration SOME_TIME = Duration.ofMillis(300);

    private final ChangingCluster cluster = new ChangingCluster("p-0", "p-1");
    private final FakeClock clock = new FakeClock();
    private final long start = clock.nanoTime();

    @Test
    @DisplayName("are back when as many are ready as before, also where others came in their places")
    void back() throws InterruptedException {
        PodsAtStart pods = new PodsAtStart(cluster, clock);
        cluster.restart("p-0");
        cluster.go("p-1");
        cluster.come("p-2");
        assertThat(pods.awaitBack(start, SOME_TIME)).isEmpty();
        assertThat(waitedMillis()).isZero();
        assertThat(pods.gone()).containsExactly("p-1");
    }

    @Test
    @DisplayName("are not back as long as one is missing or not ready")
    void missing() throws InterruptedException {
        PodsAtStart pods = new PodsAtStart(cluster, clock);
        cluster.ready("p-0", false);
        assertThat(pods.awaitBack(start, NO_TIME)).isEqualTo("p has 1 of 2");
        cluster.go("p-0");
        cluster.go("p-1");
        assertThat(pods.awaitBack(start, NO_TIME)).isEqualTo("p has 0 of 2");
    }

    @Test
    @DisplayName("are waited for no longer than until they are back")
    void soon() throws InterruptedException {
        PodsAtStart pods = new PodsAtStart(cluster, clock);
        cluster.go("p-0");
        clock.after(Duration.ofMillis(120), () -> cluster.come("p-2"));
        assertThat(pods.awaitBack(start, SOME_TIME)).isEmpty();
        assertThat(waitedMillis()).isEqualTo(150);
    }

    @Test
    @DisplayName("are looked at when word of all ends has come")
    void told() throws InterruptedException {
        PodsAtStart pods = new PodsAtStart(cluster, clock);
        cluster.endsToldWithin = Duration.ofMillis(200);
        clock.pass(Duration.ofMillis(70));
        assertThat(pods.awaitBack(start, SOME_TIME)).isEmpty();
        assertThat(waitedMillis()).isEqualTo(200);
    }

    @Test
    @DisplayName("are not held to more than were ready when the run began")
    void unreadyBefore() throws InterruptedException {
        cluster.ready("p-0", false);
        assertThat(new PodsAtStart(cluster, clock).awaitBack(start, NO_TIME)).isEmpty();
    }

    @Test
    @DisplayName("may take their time from their last end on, and ends before the run are none of it")
    void ends() throws InterruptedException {
        cluster.end(end("before", start));
        PodsAtStart pods = new PodsAtStart(cluster, clock);
        assertThat(pods.ends()).isEmpty();
        cluster.go("p-0");
        clock.after(Duration.ofMillis(100), () -> cluster.end(end("p-0", clock.nanoTime())));
        assertThat(pods.awaitBack(start, SOME_TIME)).isEqualTo("p has 1 of 2");
        assertThat(waitedMillis()).isEqualTo(450); // the first look that is more than 300 ms after the end
        assertThat(pods.ends()).extracting(PodEnd::pod).containsExactly("p-0");
    }

    private long waitedMillis() {
        return Duration.ofNanos(clock.nanoTime() - start).toMillis();
    }

    private static PodEnd end(String pod, long at) {
        return new PodEnd(
                pod, pod, "p", new Handle.LocalProcess(4711), "exit code 1", at, Duration.ZERO, List.of(), false);
    }
}
