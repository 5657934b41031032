// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A limit")
class LimitTests {

    @ParameterizedTest
    @ValueSource(strings = {"200ms", "1.5s", "300us", "0.5%", "0%", "100%"})
    @DisplayName("is read as it was written")
    void roundTrip(String text) {
        assertThat(Limit.parse(text)).hasToString(text);
    }

    @Test
    @DisplayName("is of a latency, or of a share of requests")
    void kinds() {
        assertThat(Limit.parse("1.5ms")).isEqualTo(new Limit.Latency(Duration.ofNanos(1_500_000)));
        assertThat(new Limit.Latency(Duration.ofNanos(1_500_000)).millis()).isEqualTo(1.5);
        assertThat(Limit.parse("5%")).isEqualTo(new Limit.ErrorRate(new Percent(0.05)));
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.parse("5"));
    }
}
