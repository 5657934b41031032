// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Rate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Latencies")
class LatenciesTests {
    private final Latencies latencies = Latencies.of(List.of(
            new Sample(0, 30, null, true),
            new Sample(1, 10, "timeout", true),
            new Sample(2, 99, "load generator late", false),
            new Sample(3, 20, null, true),
            new Sample(4, 20, null, true)));

    @Test
    @DisplayName("are those of the requests that were sent, by length, failed ones too")
    void sorted() {
        assertThat(latencies.count()).isEqualTo(4);
        assertThat(LongStream.of(latencies.at(1), latencies.at(2), latencies.at(3), latencies.at(4)))
                .containsExactly(10L, 20L, 20L, 30L);
    }

    @Test
    @DisplayName("have quantiles that are among them, from the shortest to the longest")
    void quantiles() {
        assertThat(latencies.quantile(0.01)).isEqualTo(10);
        assertThat(latencies.quantile(0.25)).isEqualTo(10);
        assertThat(latencies.quantile(0.26)).isEqualTo(20);
        assertThat(latencies.quantile(0.75)).isEqualTo(20);
        assertThat(latencies.quantile(0.76)).isEqualTo(30);
        assertThat(latencies.quantile(1)).isEqualTo(30);
        assertThat(Latencies.of(List.of()).quantile(0.5)).isZero();
    }

    @Test
    @DisplayName("are above a limit where they are longer than it, not where they are just as long")
    void above() {
        assertThat(latencies.above(9)).isEqualTo(4);
        assertThat(latencies.above(10)).isEqualTo(3);
        assertThat(latencies.above(20)).isEqualTo(1);
        assertThat(latencies.above(30)).isZero();
    }

    @Test
    @DisplayName("need a time-out above 0 s")
    void timeout() {
        assertThat(spec(Duration.ofMillis(1)).timeout()).isEqualTo(Duration.ofMillis(1));
        assertThatIllegalArgumentException().isThrownBy(() -> spec(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> spec(Duration.ofSeconds(-1)));
    }

    private static LoadSpec spec(Duration timeout) {
        return new LoadSpec(URI.create("http://a/"), new Rate(1), "GET", Map.of(), "", timeout);
    }
}
