// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A stress of processors")
class CpuStressTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");

    @Test
    @DisplayName("is read from its elements, and told to the helper in millionths")
    void read() {
        Fault fault = new FaultKinds(List.of())
                .read(
                        new CpuStress.Kind(),
                        Texts.onAll(
                                "1m",
                                Map.of("workers", List.of("2"), "load", List.of("12.5%"), "of", List.of("LIMIT"))));

        assertThat(fault.describe()).isEqualTo("CPU stress by 2 workers at 12.5% of the limit, 60s, on app=a (all)");
        assertThat(fault.words(new Place(Optional.empty())).values())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("kind", "cpustress", "workers", "2", "load_ppm", "125000", "of", "limit"));
        assertThat(stress(1, 1, LoadOf.CPU).describe())
                .isEqualTo("CPU stress by a worker at 100% of a processor, 1s, on app=a (all)");
        assertThat(stress(3, 1, LoadOf.CPU).describe())
                .startsWith("CPU stress by 3 workers at 100% of a processor each");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 'workers must be 1 to 128, but is 0'", "129, 1, workers must be", "1, 0.0009, load must be 0.1%"
    })
    @DisplayName("is by one worker at least, for a thousandth of the time at least")
    void limits(int workers, double load, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stress(workers, load, LoadOf.CPU))
                .withMessageStartingWith(message);
        assertThat(stress(128, 0.001, LoadOf.CPU).workers()).isEqualTo(128);
    }

    @ParameterizedTest(name = "{0} workers at {1} of a limit of {2}m: {3}")
    @CsvSource({
        "1, 1,   1000, true",
        "1, 1,   1001, false",
        "2, 1,   2000, true",
        "1, 0.5, 2000, true",
        "1, 0.5, 2100, false"
    })
    @DisplayName("of the limit takes as many workers as that has processors")
    void misfit(int workers, double load, long millis, boolean fits) {
        assertThat(stress(workers, load, LoadOf.LIMIT)
                        .misfit(OptionalLong.of(millis), OptionalLong.empty())
                        .isEmpty())
                .isEqualTo(fits);
    }

    @Test
    @DisplayName("of the limit needs one; of a processor it needs none")
    void noLimit() {
        assertThat(stress(1, 1, LoadOf.LIMIT).misfit(OptionalLong.empty(), OptionalLong.empty()))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("which has none. Give it one, or say of = LoadOf.CPU"));
        assertThat(stress(1, 1, LoadOf.CPU).misfit(OptionalLong.empty(), OptionalLong.empty()))
                .isEmpty();
    }

    @Test
    @DisplayName("tells what it asked for and what it took, and what became of its workers")
    void detail() {
        Map<String, String> counted = Map.of(
                "asked", "2000000000",
                "taken", "1500000000",
                "container_cpu_ns", "1800000000",
                "container_throttled_ns", "400000000",
                "ended", "no");
        CpuStress fault = stress(1, 1, LoadOf.CPU);

        assertThat(fault.detail(new Told(counted)))
                .isEqualTo(
                        "asked for 2s of processor time, took 1.5s (75%); its container 1.8s in all, held back by its"
                                + " limit for 400ms");
        assertThat(fault.detail(new Told(Map.of(
                        "asked", "0",
                        "taken", "0",
                        "container_cpu_ns", "0",
                        "container_throttled_ns", "0",
                        "ended", "yes",
                        "killed_by", "9",
                        "failed", "Device or resource busy"))))
                .endsWith("; a worker was ended by signal 9; a worker could not begin: Device or resource busy;"
                        + " until its container ended");
    }

    @Test
    @DisplayName("is one on a pod, beside a stress of its memory, and none where that is paused")
    void clash() {
        CpuStress one = stress(1, 1, LoadOf.CPU);
        assertThat(one.clash(stress(2, 1, LoadOf.CPU))).contains("both take the same of its container");
        assertThat(new PodPause(ALL, Duration.ofSeconds(1)).clash(one))
                .contains("what stands still cannot be kept busy");
        assertThat(one.clash(new MemoryStress(ALL, Duration.ofSeconds(1), StressSize.parse("1MiB"), false)))
                .isEmpty();
    }

    private static CpuStress stress(int workers, double load, LoadOf of) {
        return new CpuStress(ALL, Duration.ofSeconds(1), workers, new Percent(load), of);
    }
}
