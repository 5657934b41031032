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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A partition")
class NetworkPartitionTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    @DisplayName("is read from its elements, and told to the helper by its action")
    void read() {
        Map<String, List<String>> elements = new HashMap<>(FaultKindsTests.ELEMENTS);
        elements.keySet().removeAll(List.of("latency", "jitter", "correlation"));
        elements.put("action", List.of("REFUSE"));

        Fault fault = new FaultKinds(List.of()).read(new NetworkPartition.Kind(), new Texts(elements));

        assertThat(fault.describe())
                .isEqualTo("partition, REFUSE, both app=b port 80 TCP, probes spared, 1s, on app=a (all)");
        assertThat(fault.words(new Place(Optional.empty())).values())
                .containsExactlyInAnyOrderEntriesOf(Map.of("kind", "networkpartition", "action", "refuse"));
        assertThat(fault.share()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} of {4} {5} {6} {7}: {8}")
    @CsvSource({
        "BOTH, '', '', ANY,   TO, b, 80, TCP,   true",
        "TO, '', '', ANY,     FROM, '', '', ANY, false",
        "TO, '', '', ANY,     BOTH, '', '', ANY, false",
        "TO, b, '', ANY,      TO, '', '', ANY,  false",
        "TO, b, '', ANY,      TO, b, '', ANY,   true",
        "TO, '', 80-90, ANY,  TO, '', 80, ANY,  true",
        "TO, '', 80-90, ANY,  TO, '', '', ANY,  false",
        "TO, '', 80-90, ANY,  TO, '', 79-80, ANY, false",
        "TO, '', 80-90, ANY,  TO, '', 90-91, ANY, false",
        "TO, '', '', TCP,     TO, '', '', ANY,  false",
        "TO, '', '', TCP,     TO, '', '', TCP,  true",
    })
    @DisplayName("goes with a fault on packets unless it leaves that none")
    void blinds(
            Direction direction,
            String target,
            String port,
            Protocol protocol,
            Direction otherDirection,
            String otherTarget,
            String otherPort,
            Protocol otherProtocol,
            boolean blind) {
        Fault partition = partition(traffic(direction, target, port, protocol));
        Fault loss = new NetworkLoss(
                ALL,
                SECOND,
                new Chance(new Percent(0.1)),
                traffic(otherDirection, otherTarget, otherPort, otherProtocol));

        assertThat(partition.clash(loss).isPresent()).isEqualTo(blind);
        assertThat(loss.clash(partition)).isEmpty();
    }

    @Test
    @DisplayName("leaves no queries to a fault on names where it cuts off all that is sent to port 53")
    void names() {
        Fault dns = new DnsChaos(ALL, SECOND, List.of("a"), DnsAction.DROP, List.of(), Set.of());

        assertThat(partition(Traffic.SENT).clash(dns))
                .contains("the partition leaves no packets to the DnsChaos fault");
        assertThat(partition(traffic(Direction.TO, "b", "", Protocol.ANY)).clash(dns))
                .isEmpty();
        assertThat(partition(traffic(Direction.TO, "", "80", Protocol.ANY)).clash(dns))
                .isEmpty();
        assertThat(partition(Traffic.all(Direction.FROM)).clash(dns)).isEmpty();
    }

    @Test
    @DisplayName("goes with a fault in the processes, and not with another of the same packets")
    void others() {
        Fault panic = new GoPanic(ALL, SECOND, new GoSite("main.f", "", ""), Calls.ALL);

        assertThat(partition(Traffic.SENT).clash(panic)).isEmpty();
        assertThat(partition(Traffic.SENT).clash(partition(traffic(Direction.BOTH, "", "80", Protocol.ANY))))
                .isPresent();
    }

    @Test
    @DisplayName("tells how many packets vanished, and how many were answered by a reset")
    void detail() {
        assertThat(partition(Traffic.SENT).detail(new Told(Map.of("dropped", "7", "resets", "2"))))
                .isEqualTo("dropped 7, answered by a reset 2");
    }

    @Test
    @DisplayName("is on packets as they pass: none comes late by it")
    void latency() {
        assertThat(partition(Traffic.SENT).latency()).isEmpty();
        assertThat(partition(Traffic.SENT))
                .extracting(Fault::unit, Fault::scope)
                .containsExactly(Unit.PACKET, Scope.NETWORK);
    }

    private static Fault partition(Traffic packets) {
        return new NetworkPartition(ALL, SECOND, PartitionAction.DROP, packets, Percent.NONE);
    }

    private static Traffic traffic(Direction direction, String target, String port, Protocol protocol) {
        return new Traffic(
                direction,
                target.isEmpty() ? Optional.empty() : Optional.of(Selector.parse("app=" + target)),
                List.of(),
                PortRange.parse(port),
                protocol,
                Probes.HIT);
    }
}
