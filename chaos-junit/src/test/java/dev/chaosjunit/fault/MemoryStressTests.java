// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A stress of memory")
class MemoryStressTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    @DisplayName("is read from its elements, and told to the helper in bytes")
    void read() {
        Fault fault = new FaultKinds(List.of())
                .read(
                        new MemoryStress.Kind(),
                        Texts.onAll("1m", Map.of("size", List.of("256Mi"), "oom", List.of("true"))));

        assertThat(fault.describe()).isEqualTo("memory stress of 256MiB, up to an OOM kill, 60s, on app=a (all)");
        assertThat(words(fault))
                .containsExactlyInAnyOrderEntriesOf(Map.of("kind", "memorystress", "size", "268435456", "oom", "yes"));
        assertThat(words(stress("80%", false)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("kind", "memorystress", "limit_ppm", "800000", "oom", "no"));
        assertThat(stress("80%", false).describe()).isEqualTo("memory stress of 80% of the limit, 1s, on app=a (all)");
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "64", "0%", "101%", "0MiB", "-1%", "half"})
    @DisplayName("is a size or a share, above nothing")
    void sizes(String size) {
        assertThatIllegalArgumentException().isThrownBy(() -> StressSize.parse(size));
    }

    @Test
    @DisplayName("of all of the limit is one that ends in an OOM kill, which is to be asked for")
    void whole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stress("100%", false))
                .withMessage(
                        "size = 100% of the limit ends in an OOM kill. Take less, or let it be killed by oom = true");
        assertThat(stress("100%", true).describe()).contains("100% of the limit, up to an OOM kill");
    }

    @ParameterizedTest(name = "{0}, oom = {1}: {2}")
    @CsvSource({"64MiB, false, false", "63MiB, false, true", "64MiB, true, true", "99%, false, true"})
    @DisplayName("fits into a limit of 64 MiB, or may end in an OOM kill")
    void misfit(String size, boolean oom, boolean fits) {
        assertThat(stress(size, oom).misfit(NONE, OptionalLong.of(64 << 20)).isEmpty())
                .isEqualTo(fits);
    }

    @Test
    @DisplayName("is a share of a limit only where there is one")
    void noLimit() {
        assertThat(stress("64MiB", false).misfit(NONE, NONE)).isEmpty();
        assertThat(stress("80%", true).misfit(NONE, NONE))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("size = 80% of the limit is a share of resources.limits.memory")
                        .contains("has none"));
    }

    @Test
    @DisplayName("kills where that is asked for, once, and is told so by the kernel's count and the process's end")
    void kills() {
        assertThat(stress("64MiB", false).kills()).isEmpty();
        assertThat(stress("64MiB", true).kills().orElseThrow().asked()).isEqualTo(1);
        assertThat(stress("64MiB", true).ended(told("1", "yes"))).isTrue();
        assertThat(stress("64MiB", true).ended(told("0", "yes"))).isFalse();
        assertThat(stress("64MiB", true).ended(told("1", "no"))).isFalse();
        assertThat(stress("64MiB", false).ended(told("1", "yes"))).isFalse();
    }

    @Test
    @DisplayName("tells what it asked for, what it took, and what its container then had")
    void detail() {
        assertThat(stress("64MiB", true).detail(told("1", "yes")))
                .isEqualTo(
                        "asked for 64.0 MiB, took 48.5 MiB at most; its container 10.0 MiB before, 64.0 MiB at most, of"
                                + " a limit of 64.0 MiB; OOM kills 1; until its container ended");
    }

    @Test
    @DisplayName("is one on a pod")
    void clash() {
        assertThat(stress("64MiB", true).clash(stress("80%", false))).contains("both take the same of its container");
    }

    private static Told told(String kills, String ended) {
        Map<String, String> counted = new HashMap<>(Map.of(
                "asked", String.valueOf(64 << 20),
                "taken", String.valueOf(97 << 19),
                "container_memory_before", String.valueOf(10 << 20),
                "container_memory", String.valueOf(64 << 20),
                "limit", String.valueOf(64 << 20)));
        counted.put("oom_kills", kills);
        counted.put("ended", ended);
        return new Told(counted);
    }

    private static Map<String, String> words(Fault fault) {
        return fault.words(new Place(Optional.empty())).values();
    }

    private static MemoryStress stress(String size, boolean oom) {
        return new MemoryStress(ALL, Duration.ofSeconds(1), StressSize.parse(size), oom);
    }
}
