// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.observe.GoroutineRule.Finding;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.Outcome;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A fault that is repeated")
class RepetitionsTests {

    @ParameterizedTest(name = "4, {0}, {1}, {2} goroutines at {3} of the length: leak = {4}")
    @CsvSource({
        "44, 64, 84, 0.5, true", // as much as before, for half the time
        "44, 64, 74, 0.5, true", // a quarter of the first, for half the time
        "44, 64, 73, 0.5, false",
        "44, 64, 84, 1, true",
        "44, 64, 83, 1, false",
        "44, 64, 64, 0.5, false", // a pool that had to grow once more
        "5, 6, 7, 0.5, true", // one at a time
        "44, 43, 84, 0.5, false",
        "44, 53, 84, 0.5, false", // a pool that needed more by chance, as once measured
        "44, 54, 64, 0.5, true",
    })
    @DisplayName("finds a leak where a group grows each time, at least half as much as the first")
    void thirdGrowth(int first, int second, int third, double scale, boolean leak) {
        Repetitions repetitions = new Repetitions(List.of(group(4, first)), scale);
        repetitions.add(dump(second));
        if (!repetitions.decided()) {
            repetitions.add(dump(third));
        }

        assertThat(repetitions.decided()).isTrue();
        Finding finding = GoroutineRule.repeated(repetitions);
        assertThat(finding.outcome()).isEqualTo(leak ? Outcome.FAILED : Outcome.PASSED);
        assertThat(finding.unsure()).isFalse();
    }

    @Test
    @DisplayName("need not be repeated again where it left nothing, and the group is named in the report")
    void bounded() {
        Repetitions repetitions = new Repetitions(List.of(group(4, 44)), 0.5);
        assertThat(repetitions.grown(dump(54))).isTrue();
        assertThat(repetitions.grown(dump(53))).isFalse();
        assertThat(repetitions.grown(dump(44))).isFalse();
        repetitions.add(dump(44));

        assertThat(repetitions.decided()).isTrue();
        Finding finding = GoroutineRule.repeated(repetitions);
        assertThat(finding.detail())
                .isEqualTo(
                        "bounded: more than at the baseline, but they do not go on growing when the fault is repeated:"
                                + " main.work, created by main.pool 4 \u2192 44 \u2192 44 (select)");
        assertThat(finding.groups()).containsExactly(group(4, 44));
    }

    @Test
    @DisplayName("takes a group for no leak that does not become larger, however little it grew before")
    void noGrowth() {
        Repetitions repetitions = new Repetitions(List.of(group(4, 4)), 1);
        assertThat(repetitions.grown(dump(4))).isFalse();
        assertThat(repetitions.grown(dump(5))).isTrue();
    }

    @Test
    @DisplayName("tells a leak beside a pool, and shows the leak alone")
    void both() {
        Repetitions repetitions =
                new Repetitions(List.of(group(4, 44), new Group("main.notify", 0, 10, "chan receive", "")), 0.5);
        repetitions.add(dump(44, 15));
        assertThat(repetitions.decided()).isFalse();
        repetitions.add(dump(44, 20));

        Finding finding = GoroutineRule.repeated(repetitions);
        assertThat(finding.detail())
                .isEqualTo("leak: they grow each time the fault is repeated:"
                        + " main.notify 0 \u2192 10 \u2192 15 \u2192 20 (chan receive)");
        assertThat(finding.groups()).extracting(Group::after).containsExactly(20);
    }

    private static Group group(int before, int after) {
        return new Group("main.pool", before, after, "select", "main.work()\n\t/work.go:1 +0x1");
    }

    private static GoroutineDump dump(int pool) {
        return dump(pool, 0);
    }

    private static GoroutineDump dump(int pool, int waiting) {
        return new GoroutineDump(LongStream.range(0, pool + waiting)
                .mapToObj(id -> Dumps.goroutine(id, "select", id < pool ? "main.pool" : "main.notify"))
                .toList());
    }
}
