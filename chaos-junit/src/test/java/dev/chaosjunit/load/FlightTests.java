// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A request on its way")
class FlightTests {
    private static final long TIMEOUT = Duration.ofHours(1).toNanos();

    private final List<Sample> landed = new ArrayList<>();
    private final long planned = System.nanoTime() - 1_000_000;
    private final Flight flight = new Flight(planned, TIMEOUT, landed::add);

    @ParameterizedTest
    @CsvSource(
            value = {"200, good", "399, good", "400, HTTP 400", "502, HTTP 502"},
            nullValues = "good")
    @DisplayName("has the latency of its answer from the planned time on, and is good below status 400")
    void answered(int status, String error) {
        new HttpAnswer(flight, Expected.NO_ERROR).completed(answer(status));

        assertThat(landed).singleElement().satisfies(sample -> {
            assertThat(sample.error()).isEqualTo(error);
            assertThat(sample.failed()).isEqualTo(error != null);
            assertThat(sample.sent()).isTrue();
            assertThat(sample.plannedNanos()).isEqualTo(planned);
            assertThat(sample.latencyNanos()).isBetween(1_000_000L, TIMEOUT - 1);
            assertThat(sample.endedNanos()).isBetween(planned + sample.latencyNanos(), System.nanoTime());
        });
    }

    @ParameterizedTest
    @CsvSource(
            value = {"404, good", "200, HTTP 200", "503, HTTP 503 without \"not yet\""},
            nullValues = "good")
    @DisplayName("is good as the load expects it")
    void expected(int status, String error) {
        Expected expected = new Expected(Expected.parse("404, 500-503"), "not yet");
        String body = status == 404 ? "it is not yet there" : "no";
        new HttpAnswer(flight, expected).completed(new Message<>(new BasicHttpResponse(status), body));

        assertThat(landed).singleElement().satisfies(sample -> {
            assertThat(sample.error()).isEqualTo(error);
            assertThat(sample.latencyNanos()).isBetween(1_000_000L, TIMEOUT - 1);
        });
    }

    @Test
    @DisplayName("has timed out when its answer comes later than that")
    void tooLate() {
        Flight late = new Flight(planned, 1_000_000, landed::add);
        late.answered(null);

        assertThat(landed).singleElement().satisfies(sample -> {
            assertThat(sample.error()).isEqualTo("timeout");
            assertThat(sample.latencyNanos()).isEqualTo(1_000_000);
        });
    }

    @Test
    @DisplayName("is cancelled at its time-out, and what it says to that counts no more")
    void expired() {
        AtomicBoolean givenUp = new AtomicBoolean();
        flight.givenUpBy(() -> givenUp.set(true));
        assertThat(flight.landed()).isFalse();
        flight.expire();
        flight.cancelled();
        flight.answered(null);

        assertThat(flight.landed()).isTrue();
        assertThat(givenUp).isTrue();
        assertThat(landed).extracting(Sample::error).containsExactly("timeout");
    }

    @Test
    @DisplayName("may expire before there is anything to cancel")
    void expiredAtOnce() {
        flight.expire();
        assertThat(landed).extracting(Sample::latencyNanos).containsExactly(TIMEOUT);
    }

    @Test
    @DisplayName("counts at the time-out where it fails, and as not sent where that is our own doing")
    void failed() {
        flight.failed(new ConnectException("Connection refused"));
        Flight other = new Flight(planned, TIMEOUT, landed::add);
        other.cancelled();

        assertThat(landed).allMatch(sample -> sample.latencyNanos() == TIMEOUT);
        assertThat(landed).extracting(Sample::error).containsExactly("connection refused", "cancelled");
        assertThat(landed).extracting(Sample::sent).containsExactly(true, false);
    }

    @Test
    @DisplayName("has as much time left as its time-out says, from the planned time on")
    void left() {
        assertThat(flight.nanosLeft(planned + 7)).isEqualTo(TIMEOUT - 7);
    }

    @Test
    @DisplayName("has ended after its latency, where no other moment is known")
    void ended() {
        assertThat(new Sample(7, 5, null, true).endedNanos()).isEqualTo(12);
    }

    private static Message<HttpResponse, String> answer(int status) {
        return new Message<>(new BasicHttpResponse(status));
    }
}
