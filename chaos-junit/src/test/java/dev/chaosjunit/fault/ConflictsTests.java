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
class ConflictsTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"a.b,a.b,true", "a.b,A.B.,true", "*.b,a.b,true", "*.b,*.a.b,true", "*.a.b,a.b,false", "a.b,c.b,false"})
    @DisplayName("conflict where both answer a name")
    void names(String one, String other, boolean conflict) {
        assertThat(Conflicts.between(dns(one, Set.of()), dns(other, Set.of())).isPresent())
                .isEqualTo(conflict);
        assertThat(Conflicts.between(dns(other, Set.of()), dns(one, Set.of())).isPresent())
                .isEqualTo(conflict);
    }

    @Test
    @DisplayName("combine where they answer different query types")
    void types() {
        assertThat(Conflicts.between(dns("a.b", Set.of(DnsType.A)), dns("a.b", Set.of(DnsType.AAAA))))
                .isEmpty();
        assertThat(Conflicts.between(dns("a.b", Set.of(DnsType.A)), dns("a.b", Set.of())))
                .isPresent();
    }

    @Test
    @DisplayName("conflict where both delay the same direction and port")
    void delays() {
        assertThat(Conflicts.between(delay(Direction.TO, ""), delay(Direction.TO, "80")))
                .isPresent();
        assertThat(Conflicts.between(delay(Direction.TO, "80"), delay(Direction.TO, "81-90")))
                .isEmpty();
        assertThat(Conflicts.between(delay(Direction.TO, ""), delay(Direction.FROM, "")))
                .isEmpty();
        assertThat(Conflicts.between(delay(Direction.BOTH, ""), delay(Direction.FROM, "")))
                .isPresent();
    }

    @Test
    @DisplayName("combine where one is DNS and one is delay")
    void kinds() {
        assertThat(Conflicts.between(dns("a.b", Set.of()), delay(Direction.TO, "")))
                .isEmpty();
    }

    private static Fault dns(String pattern, Set<DnsType> types) {
        return new DnsFault(ALL, SECOND, List.of(pattern), DnsAction.DROP, List.of(), types);
    }

    private static Fault delay(Direction direction, String port) {
        return new DelayFault(
                ALL,
                SECOND,
                SECOND,
                Duration.ZERO,
                new Percent(0),
                direction,
                Optional.empty(),
                List.of(),
                PortRange.parse(port),
                Protocol.ANY);
    }
}
