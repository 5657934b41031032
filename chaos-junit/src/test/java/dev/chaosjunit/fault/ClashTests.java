// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Two faults on one pod")
class ClashTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({
        "a.b,a.b,true",
        "a.b,A.B.,true",
        "*.b,a.b,true",
        "*.b,*.a.b,true",
        "*.a.b,a.b,false",
        "a.b,c.b,false",
        "a?b,a.b,true",
        "a.?,a.bc,false",
        "a.*,a.b,true",
        "a.*,b.a.c,false",
        "a*,ab*,true",
        "ab*,ac*,false",
        "a.*,*.b,true",
        "a?c*,*.b,true",
        "?b,a?,true",
        "?b,a?c,false",
        "*,any.name,true"
    })
    @DisplayName("conflict where both answer a name")
    void names(String one, String other, boolean conflict) {
        assertThat(dns(one, Set.of()).clash(dns(other, Set.of())).isPresent()).isEqualTo(conflict);
        assertThat(dns(other, Set.of()).clash(dns(one, Set.of())).isPresent()).isEqualTo(conflict);
    }

    @Test
    @DisplayName("combine where they answer different query types")
    void types() {
        assertThat(dns("a.b", Set.of(DnsType.A)).clash(dns("a.b", Set.of(DnsType.AAAA))))
                .isEmpty();
        assertThat(dns("a.b", Set.of(DnsType.A)).clash(dns("a.b", Set.of()))).isPresent();
    }

    @Test
    @DisplayName("conflict where both delay the same direction and port")
    void delays() {
        assertThat(delay(Direction.TO, "").clash(delay(Direction.TO, "80"))).isPresent();
        assertThat(delay(Direction.TO, "80").clash(delay(Direction.TO, "81-90")))
                .isEmpty();
        assertThat(delay(Direction.TO, "").clash(delay(Direction.FROM, ""))).isEmpty();
        assertThat(delay(Direction.BOTH, "").clash(delay(Direction.FROM, ""))).isPresent();
    }

    @Test
    @DisplayName("combine where one is DNS and one is delay")
    void kinds() {
        assertThat(dns("a.b", Set.of()).clash(delay(Direction.TO, ""))).isEmpty();
    }

    @Test
    @DisplayName("conflict where both lose the same packets; a loss and a delay combine")
    void losses() {
        assertThat(loss("80-90").clash(loss("90"))).isPresent();
        assertThat(loss("80").clash(loss("81"))).isEmpty();
        assertThat(loss("80").clash(delay(Direction.TO, "80"))).isEmpty();
        assertThat(delay(Direction.TO, "80").clash(loss("80"))).isEmpty();
    }

    private static Fault loss(String port) {
        return new NetworkLoss(ALL, SECOND, new Chance(new Percent(0.1)), sent(port));
    }

    private static Traffic sent(String port) {
        return new Traffic(Direction.TO, Optional.empty(), List.of(), PortRange.parse(port), Protocol.ANY, Probes.HIT);
    }

    private static Fault dns(String pattern, Set<DnsType> types) {
        return new DnsChaos(ALL, SECOND, List.of(pattern), DnsAction.DROP, List.of(), types);
    }

    private static Fault delay(Direction direction, String port) {
        return new NetworkDelay(
                ALL,
                SECOND,
                new Latency(SECOND),
                new Percent(0),
                new Traffic(direction, Optional.empty(), List.of(), PortRange.parse(port), Protocol.ANY, Probes.HIT));
    }
}
