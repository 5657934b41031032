// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault on the packets of one request")
class OneRequestTests {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");

    @Test
    @DisplayName("tells the helper, and is told by its trace")
    void words() {
        assertThat(of(TRACE, Protocol.ANY).words(List.of()).values()).containsEntry("trace", TRACE);
        assertThat(Traffic.SENT.words(List.of()).values()).doesNotContainKey("trace");
        assertThat(of(TRACE, Protocol.TCP)).hasToString("from TCP, the request of trace " + TRACE);
    }

    @Test
    @DisplayName("cannot be by UDP, nor reset connections at rest")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(TRACE, Protocol.UDP))
                .withMessage("trace goes with protocol ANY or TCP, since no HTTP/1.1 request goes by UDP");
        Traffic both = new Traffic(
                Direction.BOTH, Optional.empty(), List.of(), PortRange.ANY, Protocol.TCP, Probes.HIT, trace(TRACE));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ConnectionReset(ALL, SECOND, ResetTime.AT_ONCE, Connections.ALL, both, Percent.NONE))
                .withMessage("trace goes with when = NEXT_PACKET, since a connection at rest belongs to no request");
    }

    @Test
    @DisplayName("says what began that was not the one, and what could not be recognised")
    void hints() {
        Fault loss = loss(of(TRACE, Protocol.TCP));
        assertThat(loss.hint(told(90, 0, 40, 0, 0, 0)))
                .isEqualTo("of 40 HTTP/1.1 requests that began, none was seen to be of the trace");
        assertThat(loss.hint(told(90, 0, 40, 3, 2, 12)))
                .endsWith("of the trace; 3 heads were not at an end in their first packet, or in 2,048 bytes;"
                        + " 2 connections of HTTP/2, whose requests cannot be told apart;"
                        + " 12 packets of TLS, which cannot be looked into");
        assertThat(loss.hint(told(90, 1, 40, 0, 0, 0))).isEmpty();
        assertThat(loss(Traffic.SENT).hint(new Told(Map.of("seen", "9", "matched", "0"))))
                .isEmpty();
    }

    @Test
    @DisplayName("may be on a pod beside that on another, but not beside one on all")
    void overlaps() {
        Traffic one = of(TRACE, Protocol.TCP);
        assertThat(one.overlaps(of("f".repeat(32), Protocol.TCP))).isFalse();
        assertThat(one.overlaps(one)).isTrue();
        assertThat(one.overlaps(Traffic.all(Direction.FROM))).isTrue();
        assertThat(one.covers(Traffic.all(Direction.FROM))).isFalse();
        assertThat(Traffic.all(Direction.FROM).covers(one)).isTrue();
    }

    private static Fault loss(Traffic packets) {
        return new NetworkLoss(ALL, SECOND, new Chance(new Percent(1), new Percent(0)), packets);
    }

    private static Traffic of(String trace, Protocol protocol) {
        return new Traffic(
                Direction.FROM, Optional.empty(), List.of(), PortRange.ANY, protocol, Probes.HIT, trace(trace));
    }

    private static Optional<TraceId> trace(String hex) {
        return Optional.of(new TraceId(hex));
    }

    private static Told told(long seen, long matched, long requests, long cut, long http2, long tls) {
        return new Told(Map.of(
                "seen", seen + "",
                "matched", matched + "",
                "trace_requests", requests + "",
                "trace_cut", cut + "",
                "trace_http2", http2 + "",
                "trace_tls", tls + ""));
    }
}
