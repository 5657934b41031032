// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.load.Sample;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Requests in flight when connections were closed")
class InFlightTests {
    private static final long MS = 1_000_000;
    private final InFlight inFlight = new InFlight(List.of(new Cut("a-0", 2, 1000 * MS, 1002 * MS)));

    @Test
    @DisplayName("are those sent before that had not ended, by when they ended and not by their time-out")
    void which() {
        assertThat(inFlight.isCounted(sample(900, 950, null, true))).isTrue();
        assertThat(inFlight.isCounted(sample(990, 1010, null, true))).isFalse();
        assertThat(inFlight.isCounted(sample(1001, 1003, "HTTP 500", true))).isFalse();
        assertThat(inFlight.isCounted(sample(1002, 1010, "HTTP 500", true))).isTrue();
        assertThat(inFlight.isCounted(sample(990, 1010, "unknown host", false))).isTrue();
        Sample failedEarly = new Sample(900 * MS, 5000 * MS, "connection refused", true, 901 * MS);
        assertThat(inFlight.isCounted(failedEarly)).isTrue();
    }

    @Test
    @DisplayName("are counted and named, with how they failed")
    void named() {
        List<Sample> requests = List.of(
                sample(900, 950, null, true), sample(990, 1010, "HTTP 500", true), sample(991, 1010, null, true));
        assertThat(inFlight.describe(wanted ->
                        Map.of("http://a/", requests.stream().filter(wanted).toList())))
                .contains(
                        "Connections closed as the fault began: 2 of pod a-0. Requests in flight at that moment, left out"
                                + " of the limits of the FAULT phase: 2 of http://a/ (1 failed: HTTP 500).");
        assertThat(inFlight.describe(wanted -> Map.of("http://a/", List.of())))
                .get()
                .asString()
                .endsWith("phase: none.");
        assertThat(new InFlight(List.of()).describe(wanted -> Map.of())).isEmpty();
    }

    private static Sample sample(long plannedMs, long endedMs, @Nullable String error, boolean sent) {
        return new Sample(plannedMs * MS, (endedMs - plannedMs) * MS, error, sent);
    }
}
