// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is told of the means of a fault")
class DetailTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Fault DELAY =
            new GoDelay(ALL, SECOND, new GoSite("main.f", "", ""), new Latency(SECOND), Calls.ALL);
    private static final Fault RING = new IoUringFault(
            ALL,
            SECOND,
            IoUringOperation.READ,
            IoUringAction.DELAY,
            Optional.empty(),
            Optional.of(new Latency(SECOND)),
            Calls.ALL);

    @Test
    @DisplayName("counts queries over TCP, which cannot be answered, and those that had to be asked so")
    void queries() {
        Fault dns = new DnsChaos(ALL, SECOND, List.of("a.b"), DnsAction.NXDOMAIN, List.of(), Set.of());
        Map<String, String> told = new HashMap<>(Map.of(
                "answered", "5", "dropped", "0", "reset", "0", "hit_tcp", "0", "passed_tcp", "0", "expired", "0"));

        assertThat(dns.detail(new Told(told))).isEqualTo("answered 5, dropped 0");
        told.putAll(Map.of("reset", "2", "hit_tcp", "2"));
        assertThat(dns.detail(new Told(told)))
                .isEqualTo("answered 5, dropped 0, connections reset 2, of these over TCP 2");
        told.putAll(Map.of("reset", "0", "hit_tcp", "0", "passed_tcp", "4"));
        assertThat(dns.detail(new Told(told))).isEqualTo("answered 5, dropped 0, asked again over TCP and let by 4");
    }

    @Test
    @DisplayName("counts queries that were held, and those that there was no room for")
    void heldQueries() {
        Fault dns = new DnsChaos(
                ALL,
                SECOND,
                new Names(List.of("a.b"), Escape.INCONCLUSIVE),
                new DnsAnswer(DnsAction.DELAY, Optional.of(new Latency(SECOND)), List.of()),
                Set.of(),
                new Percent(1),
                false,
                Percent.NONE);
        Map<String, String> told = new HashMap<>(Map.of(
                "captured",
                "5",
                "sent",
                "5",
                "full",
                "0",
                "send_errors",
                "0",
                "hit_tcp",
                "0",
                "rt",
                "yes",
                "expired",
                "0"));

        assertThat(dns.detail(new Told(told))).isEqualTo("held 5, sent 5, real-time thread yes");
        told.put("full", "2");
        told.put("expired", "3");
        assertThat(dns.detail(new Told(told)))
                .isEqualTo("held 5, sent 5, lost for want of room 2, real-time thread yes,"
                        + " let by as the helper stood still 3");
    }

    @Test
    @DisplayName("is nothing where the best mechanism held all calls")
    void nothingToSay() {
        assertThat(DELAY.detail(new Told(Map.of("mechanism", "uprobe and tracer, sleep", "unfit", "0"))))
                .isEmpty();
    }

    @Test
    @DisplayName("names calls that passed, and the end of a tracer")
    void heldGoroutines() {
        Told told = new Told(Map.of("unfit", "3", "tracer_killed_by", "9"));

        assertThat(DELAY.detail(told))
                .isEqualTo("3 calls passed that could not be held where they were; calls pass since somebody ended the"
                        + " tracer by signal 9");
    }

    @Test
    @DisplayName("counts operations of a ring that were taken out, held with it, or out of reach")
    void rings() {
        assertThat(RING.detail(new Told(Map.of()))).isEmpty();
        assertThat(RING.detail(new Told(Map.of("skipped", "2")))).isEqualTo("out of reach 2");
        assertThat(RING.detail(new Told(Map.of("skipped", "2", "taken", "5", "held", "1"))))
                .isEqualTo("out of reach 2, taken out of their ring 5, held with it 1");
    }
}
