// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault says of itself")
class DescriptionTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Latency LATENCY = new Latency(Duration.ofMillis(5));

    @Test
    @DisplayName("which names of which types it answers how")
    void dns() {
        assertThat(new DnsChaos(ALL, SECOND, List.of("a.b", "*.c"), DnsAction.DROP, List.of(), Set.of()).describe())
                .isEqualTo("DNS DROP for a.b, *.c, 1s, on app=a (all)");
        assertThat(new DnsChaos(
                                ALL,
                                SECOND,
                                List.of("a.b"),
                                DnsAction.SPOOF,
                                List.of("198.18.0.7", "fd00::1"),
                                Set.of(DnsType.AAAA, DnsType.A))
                        .describe())
                .isEqualTo("DNS SPOOF 198.18.0.7,fd00::1 for a.b (A,AAAA), 1s, on app=a (all)");
    }

    @Test
    @DisplayName("which share of the queries it answers, where not all")
    void shareOfQueries() {
        assertThat(new DnsChaos(
                                ALL,
                                SECOND,
                                new Names(List.of("a*"), Escape.INCONCLUSIVE),
                                new DnsAnswer(DnsAction.NODATA, List.of()),
                                Set.of(),
                                new Percent(0.125),
                                false,
                                Percent.NONE)
                        .describe())
                .isEqualTo("DNS NODATA for a*, 12.5% of the queries, 1s, on app=a (all)");
    }

    @Test
    @DisplayName("which calls of which goroutines it delays")
    void calls() {
        assertThat(delay(new GoSite("main.f", "", ""), Calls.ALL)).isEqualTo("delay 5ms in main.f, 1s, on app=a (all)");
        assertThat(delay(new GoSite("main.f", "tenant=a", "main.g"), new Calls(new Percent(0.5), 3, 7)))
                .isEqualTo("delay 5ms in main.f, goroutines labelled tenant=a, goroutines of main.g, 50% of the calls,"
                        + " after the first 3, at most 7 times, 1s, on app=a (all)");
    }

    @Test
    @DisplayName("why it cannot go with another that answers a name as well")
    void clash() {
        Fault one = new DnsChaos(ALL, SECOND, List.of("*.b"), DnsAction.DROP, List.of(), Set.of());
        Fault other = new DnsChaos(ALL, SECOND, List.of("a.b"), DnsAction.DROP, List.of(), Set.of());

        assertThat(one.clash(other)).contains("both answer names of \"*.b\" and \"a.b\"");
    }

    @Test
    @DisplayName("how late it makes calls")
    void latency() {
        assertThat(new GoDelay(ALL, SECOND, new GoSite("main.f", "", ""), LATENCY, Calls.ALL).latency())
                .contains(LATENCY);
    }

    private static String delay(GoSite site, Calls calls) {
        return new GoDelay(ALL, SECOND, site, LATENCY, calls).describe();
    }
}
