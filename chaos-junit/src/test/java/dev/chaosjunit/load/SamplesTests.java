// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Samples")
class SamplesTests {
    private static final long MS = 1_000_000;

    private final Samples samples = new Samples();

    @Test
    @DisplayName("are handed out by planned time, whatever the order they ended in, once they have")
    void byPlannedTime() {
        int first = samples.plan(10 * MS);
        int second = samples.plan(20 * MS);
        samples.land(second, new Sample(20 * MS, MS, null, true), 21 * MS);
        List<Sample> early = samples.byPlannedTime();
        samples.land(first, new Sample(10 * MS, 50 * MS, null, true), 60 * MS);

        assertThat(early).extracting(Sample::plannedNanos).containsExactly(20 * MS);
        assertThat(samples.byPlannedTime()).extracting(Sample::plannedNanos).containsExactly(10 * MS, 20 * MS);
    }

    @Test
    @DisplayName("count as recent for two seconds after they ended")
    void recent() {
        for (int i = 1; i <= 100; i++) {
            add(new Sample(0, i * MS, i == 100 ? "timeout" : null, true), i * MS);
        }
        add(new Sample(0, 0, "unknown host", false), 100 * MS);

        assertThat(samples.live(2_000 * MS)).isEqualTo(new Live(101, 99, 0.01));
        assertThat(samples.live(2_099 * MS)).isEqualTo(new Live(3, 100, 0.5));
        assertThat(samples.live(3_000 * MS)).isEqualTo(new Live(0, 0, 0));
        assertThat(samples.byPlannedTime()).hasSize(101);
    }

    @Test
    @DisplayName("are told by a stretch of time, its end excluded")
    void between() {
        for (long planned : new long[] {10, 20, 30}) {
            add(new Sample(planned, 1, null, true), 40);
        }

        assertThat(samples.ended(10, 30)).isEqualTo(2);
        assertThat(samples.ended(11, 31)).isEqualTo(2);
        assertThat(samples.ended(0, 10)).isZero();
        assertThat(samples.byPlannedTime(11, 31))
                .extracting(Sample::plannedNanos)
                .containsExactly(20L, 30L);
    }

    private void add(Sample sample, long nowNanos) {
        samples.land(samples.plan(sample.plannedNanos()), sample, nowNanos);
    }
}
