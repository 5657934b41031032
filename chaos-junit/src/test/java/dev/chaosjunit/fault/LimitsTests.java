// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.chaosjunit.quantity.BitRate;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Size;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The limits of what a fault may be asked for")
class LimitsTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final GoSite SITE = new GoSite("main.f", "", "");
    private static final Traffic TCP =
            new Traffic(Direction.BOTH, Optional.empty(), List.of(), PortRange.ANY, Protocol.TCP, Probes.HIT);
    private static final Latency LATENCY = new Latency(Duration.ofMillis(5));

    @ParameterizedTest
    @ValueSource(strings = {"1us", "60s"})
    @DisplayName("are in the range of a latency, as is a jitter of nothing and of all of it")
    void latency(String length) {
        Duration whole = Durations.parse(length);
        assertThatNoException().isThrownBy(() -> new Latency(whole, Duration.ZERO));
        assertThatNoException().isThrownBy(() -> new Latency(whole, whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "65535", "1-65535", "80-80"})
    @DisplayName("are in the range of a port")
    void ports(String port) {
        assertThatNoException().isThrownBy(() -> PortRange.parse(port));
    }

    @ParameterizedTest
    @CsvSource({"80,80,true", "80-90,90-99,true", "90-99,80-90,true", "80-89,90,false", "90,80-89,false"})
    @DisplayName("are where two ranges of ports begin to overlap")
    void overlap(String one, String other, boolean overlaps) {
        assertThat(PortRange.parse(one).overlaps(PortRange.parse(other))).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @CsvSource({"TCP,UDP,false", "UDP,TCP,false", "TCP,TCP,true", "ANY,UDP,true", "TCP,ANY,true"})
    @DisplayName("are the transport, where traffic is of one")
    void protocols(Protocol one, Protocol other, boolean overlaps) {
        assertThat(sent(one).overlaps(sent(other))).isEqualTo(overlaps);
    }

    private static Traffic sent(Protocol protocol) {
        return new Traffic(Direction.TO, Optional.empty(), List.of(), PortRange.ANY, protocol, Probes.HIT);
    }

    @Test
    @DisplayName("are 64 names, and a name of 253 characters")
    void names() {
        assertThatNoException().isThrownBy(() -> new Names(Collections.nCopies(64, "a.b"), Escape.INCONCLUSIVE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Names(Collections.nCopies(65, "a.b"), Escape.INCONCLUSIVE));
        String longest = "a.".repeat(126) + "b";
        assertThatNoException().isThrownBy(() -> new Names(List.of(longest), Escape.INCONCLUSIVE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Names(List.of(longest + "c"), Escape.INCONCLUSIVE));
    }

    @Test
    @DisplayName("are one call and any number of them")
    void calls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calls(new Percent(1), 0, -1))
                .withMessageContaining("count must be 1 or more, or 0 for any number, but is -1");
        assertThatNoException().isThrownBy(() -> new Calls(new Percent(1), 0, 0));
    }

    static Stream<Function<Duration, Fault>> kinds() {
        return Stream.of(
                duration -> new NetworkDelay(ALL, duration, LATENCY, Percent.NONE, Traffic.SENT),
                duration -> new NetworkDuplicate(ALL, duration, new Chance(new Percent(1)), Traffic.SENT, Percent.NONE),
                duration -> new NetworkCorrupt(
                        ALL, duration, new Chance(new Percent(1)), CorruptAction.DETECTED, Traffic.SENT, Percent.NONE),
                duration -> new NetworkPartition(ALL, duration, PartitionAction.DROP, Traffic.SENT, Percent.NONE),
                duration -> new NetworkLoss(ALL, duration, new Chance(new Percent(0.1)), Traffic.SENT),
                duration -> new NetworkBandwidth(
                        ALL, duration, new BitRate(1000), new Size(1600), new Size(1600), Traffic.SENT, Percent.NONE),
                duration -> new NetworkReorder(
                        ALL,
                        duration,
                        new Chance(new Percent(0.1)),
                        1,
                        LATENCY,
                        Traffic.SENT,
                        Queue.BY_NEED,
                        Percent.NONE),
                duration -> new DnsChaos(ALL, duration, List.of("a"), DnsAction.DROP, List.of(), Set.of()),
                duration ->
                        new ConnectionReset(ALL, duration, ResetTime.NEXT_PACKET, Connections.ALL, TCP, Percent.NONE),
                duration -> new PodKill(ALL, duration, KillSignal.SIGKILL, Optional.empty()),
                duration -> new PodPause(ALL, duration),
                duration -> new CpuStress(ALL, duration, 1, new Percent(1), LoadOf.CPU),
                duration -> new MemoryStress(ALL, duration, StressSize.parse("1MiB"), false),
                duration -> new GoPanic(ALL, duration, SITE, Calls.ALL),
                duration -> new GoDelay(ALL, duration, SITE, LATENCY, Calls.ALL),
                duration -> new IoUringFault(
                        ALL,
                        duration,
                        IoUringOperation.READ,
                        IoUringAction.DROP,
                        Optional.empty(),
                        Optional.empty(),
                        Calls.ALL));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("are above no time at all, for every kind")
    void duration(Function<Duration, Fault> kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kind.apply(Duration.ZERO))
                .withMessage("duration must be above 0s");
        assertThat(kind.apply(Duration.ofNanos(1)).duration()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    @DisplayName("are one thing, or several")
    void units() {
        assertThat(Unit.QUERY.of(1)).isEqualTo("query");
        assertThat(Unit.QUERY.of(0)).isEqualTo("queries");
    }
}
