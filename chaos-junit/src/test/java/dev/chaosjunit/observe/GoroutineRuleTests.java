// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static dev.chaosjunit.observe.Dumps.dump;
import static dev.chaosjunit.observe.Dumps.goroutine;
import static dev.chaosjunit.observe.Dumps.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.observe.GoroutineRule.Finding;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The goroutine rule")
class GoroutineRuleTests {
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final OptionalInt NO_PROFILE = OptionalInt.empty();
    private static final GoroutineDump HEALTHY = dump(
            goroutine(1, "IO wait", Goroutine.MAIN),
            goroutine(5, "IO wait", "net/http.(*Server).Serve"),
            goroutine(6, "IO wait", "net/http.(*Transport).dialConn"),
            goroutine(7, "select", "net/http.(*Transport).dialConn"));

    private final Baseline atRest = Baseline.of(List.of(HEALTHY), NO_PROFILE);

    @Test
    @DisplayName("passes when every group is at or below its baseline, though the goroutines are others")
    void cameBack() {
        GoroutineDump later = dump(
                goroutine(1, "IO wait", Goroutine.MAIN),
                goroutine(90, "IO wait", "net/http.(*Transport).dialConn"),
                goroutine(91, "select", "net/http.(*Transport).dialConn"));

        assertThat(new GoroutineRule(atRest).back(later, NO_PROFILE)).isTrue();
        Finding finding = judge(atRest, later, later, NO_PROFILE);
        assertThat(finding.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(finding.detail()).isEqualTo("back at or below the baseline of 4 goroutines 30s after the fault");
        assertThat(finding.groups()).isEmpty();
    }

    @Test
    @DisplayName("takes the largest of several looks as the baseline of each group")
    void largestBaseline() {
        GoroutineDump more = plus(HEALTHY, goroutine(8, "IO wait", "net/http.(*Server).Serve"));
        Baseline baseline = Baseline.of(List.of(HEALTHY, more, HEALTHY), NO_PROFILE);

        assertThat(new GoroutineRule(baseline).back(more, NO_PROFILE)).isTrue();
        assertThat(new GoroutineRule(atRest).back(more, NO_PROFILE)).isFalse();
        assertThat(baseline.total()).isEqualTo(5);
    }

    @Test
    @DisplayName("is not fooled by an equal number: one group shrank, another grew")
    void equalNumber() {
        GoroutineDump later = dump(
                goroutine(1, "IO wait", Goroutine.MAIN),
                goroutine(5, "IO wait", "net/http.(*Server).Serve"),
                goroutine(50, "IO wait", "main.fetch"),
                goroutine(51, "IO wait", "main.fetch"));

        Finding finding = judge(atRest, later, later, NO_PROFILE);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.groups()).containsExactly(new Group("main.fetch", 0, 2, "IO wait", "stack of 50"));
    }

    @Test
    @DisplayName("fails larger groups as not back, largest growth first, and says it is unsure whether they leak")
    void notBack() {
        GoroutineDump later = plus(
                HEALTHY,
                goroutine(50, "IO wait", "main.fetch"),
                goroutine(60, "select", "net/http.(*Transport).dialConn"),
                goroutine(61, "select", "net/http.(*Transport).dialConn"));

        Finding finding = judge(atRest, later, later, NO_PROFILE);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.detail())
                .startsWith("not back 30s after the fault: net/http.(*Transport).dialConn 2 \u2192 4 (select),"
                        + " main.fetch 0 \u2192 1 (IO wait); unsure whether");
        assertThat(finding.unsure()).isTrue();
        assertThat(finding.groups())
                .extracting(Group::createdBy)
                .containsExactly("net/http.(*Transport).dialConn", "main.fetch");
    }

    @Test
    @DisplayName("shows one that is new, though most of the group wait elsewhere and were there before")
    void newOne() {
        Goroutine[] before = {
            waiting(70, "read"), waiting(71, "read"), waiting(72, "read"),
        };
        GoroutineDump later = plus(dump(before), waiting(80, "write"));

        Finding finding = judge(Baseline.of(List.of(dump(before)), NO_PROFILE), later, later, NO_PROFILE);

        assertThat(finding.groups())
                .containsExactly(new Group(
                        "main.pool", 3, 4, "IO wait", waiting(80, "write").stack()));
    }

    private static Goroutine waiting(long id, String where) {
        return new Goroutine(id, "IO wait", 0, false, "main.pool", "main." + where + "()\n\t/pool.go:1 +0x1");
    }

    @Test
    @DisplayName("finds a leak in the same new goroutine stuck at both looks")
    void stuckAtBothLooks() {
        GoroutineDump later = plus(HEALTHY, goroutine(50, "chan send", "main.notify"));

        Finding finding = judge(atRest, later, later, NO_PROFILE);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.detail())
                .isEqualTo("leak: 1 goroutine is stuck in chan send, still the same"
                        + " 30s after the fault and not before it: main.notify 0 \u2192 1 (chan send)");
        assertThat(finding.groups().get(0).stack()).isEqualTo("stack of 50");
    }

    @Test
    @DisplayName("shows a stuck goroutine's group even where others of it have gone")
    void stuckInSmallGroup() {
        GoroutineDump later = dump(
                goroutine(1, "IO wait", Goroutine.MAIN),
                goroutine(6, "IO wait", "net/http.(*Transport).dialConn"),
                goroutine(80, "sync.Mutex.Lock", "net/http.(*Transport).dialConn"));

        Finding finding = judge(atRest, later, later, NO_PROFILE);

        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.groups())
                .containsExactly(new Group("net/http.(*Transport).dialConn", 2, 2, "sync.Mutex.Lock", "stack of 80"));
    }

    @Test
    @DisplayName("takes busy senders for healthy: others at each look, or there before the fault")
    void otherSendersAtEachLook() {
        GoroutineDump sending = plus(HEALTHY, goroutine(8, "chan send", "main.produce"));
        Baseline withSender = Baseline.of(List.of(sending), NO_PROFILE);
        GoroutineDump first = plus(HEALTHY, goroutine(50, "chan send", "main.produce"));
        GoroutineDump last = plus(HEALTHY, goroutine(51, "chan send", "main.produce"));

        assertThat(judge(withSender, first, last, NO_PROFILE).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(judge(withSender, sending, sending, NO_PROFILE).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("finds a leak where the leak profile is above its own baseline, however small the groups")
    void leakProfile() {
        Baseline withProfile = Baseline.of(List.of(HEALTHY), OptionalInt.of(1));
        Goroutine leaked = new Goroutine(70, "chan receive", 0, true, "main.wait", "stack of 70");
        GoroutineDump later = dump(goroutine(1, "IO wait", Goroutine.MAIN), leaked);

        assertThat(new GoroutineRule(withProfile).back(HEALTHY, OptionalInt.of(1)))
                .isTrue();
        assertThat(new GoroutineRule(withProfile).back(HEALTHY, OptionalInt.of(2)))
                .isFalse();
        Finding finding = judge(withProfile, HEALTHY, later, OptionalInt.of(2));
        assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(finding.detail())
                .isEqualTo("leak: the Go runtime found 2 goroutines that can never wake again (baseline 1):"
                        + " main.wait 0 \u2192 1 (chan receive)");
    }

    @Test
    @DisplayName("judges recorded dumps: keep-alive connections alone pass against themselves, leaks never do")
    void recorded() {
        GoroutineDump healthy = Dumps.recorded("keep-alive.txt");
        Baseline recordedRule = Baseline.of(List.of(healthy), NO_PROFILE);

        assertThat(judge(recordedRule, healthy, healthy, NO_PROFILE).outcome()).isEqualTo(Outcome.PASSED);
        for (String unhealthy : List.of("leak-on-chan-send.txt", "blocked-on-mutex.txt")) {
            // ids of another process: make them new
            Goroutine[] more = Dumps.recorded(unhealthy).goroutines().stream()
                    .map(g -> new Goroutine(g.id() + 1_000, g.state(), 0, g.leaked(), g.createdBy(), g.stack()))
                    .toArray(Goroutine[]::new);
            GoroutineDump later = plus(healthy, more);
            Finding finding = judge(recordedRule, later, later, NO_PROFILE);
            assertThat(finding.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(finding.detail()).startsWith("leak: ");
        }
    }

    /** Two looks, of which the first one is the second's earlier look as well. */
    private static Finding judge(Baseline baseline, GoroutineDump first, GoroutineDump last, OptionalInt leaked) {
        StuckLooks looks = new StuckLooks(baseline);
        looks.add(5_000, first);
        looks.add(30_000, last);
        return new GoroutineRule(baseline).judge(looks.hung(Duration.ofMillis(12_500)), last, leaked, AFTER);
    }
}
