// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A fault refuses what it cannot mean")
class FaultValidationTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "**", "*.", "a..b", ".a", "-a.b", "a b", "*.*.a", "*.a*", "a.*.b", "a*.b", "a..*", "ä.*", "ä.?"
            })
    @DisplayName("patterns that are no domain names")
    void badPatterns(String pattern) {
        assertThatThrownBy(() -> dns(pattern, DnsAction.NXDOMAIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "auth-service",
                "auth.default.svc.cluster.local.",
                "*.svc.cluster.local",
                "_grpc._tcp.a",
                "github.?om",
                "*.sh?p",
                "auth-*",
                "chaos-mesh.*",
                "a.b-?*",
                "*"
            })
    @DisplayName("and takes those that are")
    void goodPatterns(String pattern) {
        assertThat(dns(pattern, DnsAction.NXDOMAIN).meant().patterns()).containsExactly(pattern);
    }

    @Test
    @DisplayName("an empty pattern, saying what would be one")
    void emptyPattern() {
        assertThatThrownBy(() -> dns("", DnsAction.DROP)).hasMessageContaining("an empty pattern would name nothing");
    }

    @Test
    @DisplayName("a * in the middle, saying where there may be one")
    void starInTheMiddle() {
        assertThatThrownBy(() -> dns("chaos-*.org", DnsAction.DROP))
                .hasMessage("\"chaos-*.org\" is no pattern: expected a domain name, \"*.\" and a domain name, or the"
                        + " beginning of one and \"*\", with \"?\" for any character, of at most 253 characters");
    }

    @Test
    @DisplayName("a share of queries that is none")
    void probability() {
        assertThatThrownBy(() -> dns(Percent.NONE, Escape.INCONCLUSIVE, false))
                .hasMessageContaining("probability must be 0.0001% to 100%, but is 0%");
        assertThat(dns(new Percent(0.000001), Escape.INCONCLUSIVE, false)
                        .words(new Place(Optional.empty()))
                        .values())
                .containsEntry("probability_ppm", "1");
    }

    @Test
    @DisplayName("SPOOF without an address, and an address without SPOOF")
    void spoofNeedsAddress() {
        assertThatThrownBy(() -> dns("a", DnsAction.SPOOF)).hasMessageContaining("SPOOF needs ip");
        assertThatThrownBy(() -> dns("a", DnsAction.DROP, "0.0.0.0")).hasMessageContaining("ip goes with action SPOOF");
        assertThatThrownBy(() -> dns("a", DnsAction.SPOOF, "0.0.0.0", "::", "::1"))
                .hasMessageContaining("ip takes one address of a family");
        assertThatThrownBy(() -> dns("a", DnsAction.SPOOF, "localhost")).hasMessageContaining("is no IP address");
    }

    @Test
    @DisplayName("a delay of queries without a latency, and a latency without a delay")
    void delayOfQueries() {
        Latency late = new Latency(Durations.parse("5ms"), Durations.parse("1ms"));
        assertThatThrownBy(() -> dns("a", DnsAction.DELAY)).hasMessage("action DELAY needs a latency, 1us to 60s");
        assertThatThrownBy(() -> new DnsAnswer(DnsAction.NXDOMAIN, Optional.of(late), List.of()))
                .hasMessage("latency and jitter go with action DELAY only, not with NXDOMAIN");
        assertThat(new DnsAnswer(DnsAction.DELAY, Optional.of(late), List.of())).hasToString("DELAY 5ms ± 1ms");
    }

    @Test
    @DisplayName("closing connections that pods may go on with")
    void reconnectOrAllowed() {
        assertThatThrownBy(() -> dns(new Percent(1), Escape.ALLOWED, true))
                .hasMessageContaining("reconnect = true closes the connections that escape = ALLOWED would let");
    }

    @Test
    @DisplayName("jitter above latency, latency of nothing or too much, no duration")
    void delays() {
        assertThatThrownBy(() -> delay("100ms", "101ms", "1s"))
                .hasMessageContaining("jitter must be 0ms to the latency");
        assertThatThrownBy(() -> delay("0ms", "0ms", "1s")).hasMessageContaining("latency must be 1us to 60s");
        assertThatThrownBy(() -> delay("999ns", "0ms", "1s")).hasMessageContaining("but is 999ns");
        assertThatThrownBy(() -> delay("61s", "0ms", "1s"))
                .hasMessageContaining("latency must be 1us to 60s, but is 61s");
        assertThatThrownBy(() -> delay("1ms", "0ms", "0s")).hasMessageContaining("duration must be above 0s");
        assertThat(delay("100ms", "100ms", "1s").describe()).contains("delay 100ms ± 100ms");
    }

    @ParameterizedTest
    @CsvSource({"FIXED,''", "FIXED,0", "FIXED,x", "FIXED_PERCENT,''", "FIXED_PERCENT,101", "ONE,1", "ALL,3"})
    @DisplayName("a mode with a value it cannot use")
    void modes(Mode mode, String value) {
        assertThatThrownBy(() -> new Selection(Selector.parse("app=a"), mode, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mode");
    }

    private static DnsChaos dns(Percent probability, Escape escape, boolean reconnect) {
        return new DnsChaos(
                ALL,
                Durations.parse("1s"),
                new Names(List.of("a"), escape),
                new DnsAnswer(DnsAction.DROP, List.of()),
                Set.of(),
                probability,
                reconnect,
                Percent.NONE);
    }

    private static DnsChaos dns(String pattern, DnsAction action, String... ips) {
        return new DnsChaos(ALL, Durations.parse("1s"), List.of(pattern), action, List.of(ips), Set.of());
    }

    private static NetworkDelay delay(String latency, String jitter, String duration) {
        return new NetworkDelay(
                ALL,
                Durations.parse(duration),
                new Latency(Durations.parse(latency), Durations.parse(jitter)),
                new Percent(0),
                Traffic.SENT);
    }
}
