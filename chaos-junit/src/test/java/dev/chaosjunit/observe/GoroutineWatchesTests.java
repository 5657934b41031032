// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.observe.profile.ProfileBytes;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Count;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.GoroutineResult.Origin;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The baseline is taken until 1,750 ms, where the numbers are flat; the fault is over then. */
@DisplayName("Watching goroutines")
@Timeout(20)
class GoroutineWatchesTests {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final double REVERTED = 1_750;

    private final FakeClock clock = new FakeClock();
    private final PprofPod pod = new PprofPod(clock);
    private final GoroutineWatches watches =
            new GoroutineWatches(List.of(pod.life(1)), "admin", (instance, port) -> pod.address(), clock);
    private List<Instance> running = List.of(pod.life(1));

    @AfterEach
    void close() {
        pod.close();
    }

    @ParameterizedTest(name = "{0} and {1}: {2} ms")
    @CsvSource({"100, 100, 1750", "100, 102, 1750", "100, 103, 10750", "100, 200, 10750", "3, 4, 1750", "3, 5, 10750"})
    @DisplayName("waits before its baseline until four counts differ by 2 % or by one, but not for ever")
    void flat(int least, int most, double takes) throws InterruptedException {
        pod.goroutines = at -> PprofPod.with((at / 250 % 2 < 1 ? least : most) - 1, "select");
        watches.takeBaseline();

        assertThat(pod.elapsedMs()).isEqualTo(takes);
        assertThat(pod.dumps).isEqualTo(3);
    }

    @Test
    @DisplayName("takes the largest of its looks as the baseline")
    void baseline() throws InterruptedException {
        pod.goroutines = at -> PprofPod.with(at == 1_500 ? 6 : 5, "select");

        assertThat(judge().baseline()).isEqualTo(7);
    }

    @Test
    @DisplayName("passes at the first look, 5 s after the fault, where all are back")
    void back() throws InterruptedException {
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail()).isEqualTo("back at or below the baseline of 1 goroutines 5s after the fault");
        assertThat(result.instance()).isEqualTo("p-0");
        assertThat(result.series()).containsExactly(new Count(REVERTED + 5_000, 1));
        assertThat(watches.unsure()).isFalse();
    }

    @Test
    @DisplayName("looks after half of the time where that is less than 10 s")
    void soon() throws InterruptedException {
        assertThat(judge(Duration.ofSeconds(6)).detail()).endsWith(" 3s after the fault");
    }

    @ParameterizedTest
    @CsvSource({"8000, 8s", "20000, 20s"})
    @DisplayName("looks once a second until all are back, and once more when the time is over")
    void backLater(double last, String seen) throws InterruptedException {
        pod.goroutines = at -> PprofPod.with(at > 1_750 && at < REVERTED + last - 1_000 + 1 ? 3 : 0, "select");
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail()).endsWith(seen + " after the fault");
    }

    @Test
    @DisplayName("looks the last time when the time is over, and not a second later")
    void lastLook() throws InterruptedException {
        grown();
        judge(Duration.ofMillis(19_500));

        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 19_500);
    }

    @Test
    @DisplayName("tells pods apart: one that is gone did not survive, whoever else runs")
    void severalPods() throws InterruptedException {
        try (PprofPod other = new PprofPod(clock)) {
            Instance second = new Instance(
                    "p-1", "p-1", "p", Map.of(), "127.0.0.1", new Handle.LocalProcess(2), "eth0", Map.of("admin", 1));
            GoroutineWatches both = new GoroutineWatches(
                    List.of(pod.life(1), second),
                    "admin",
                    (instance, port) -> instance.uid().equals(second.uid()) ? other.address() : pod.address(),
                    clock);
            both.takeBaseline();
            both.judge(REVERTED, WITHIN, pod::elapsedMs, () -> List.of(second));

            assertThat(both.results())
                    .extracting(GoroutineResult::instance, GoroutineResult::outcome)
                    .containsExactly(tuple("p-0", Outcome.FAILED), tuple("p-1", Outcome.PASSED));
        }
    }

    @Test
    @DisplayName("says that a pod restarted, whose goroutines are those of its new process")
    void restarted() throws InterruptedException {
        running = List.of(pod.life(2));

        assertThat(judge().detail()).endsWith("(its process ended meanwhile; this is the one that came then)");
    }

    @Test
    @DisplayName("fails where they are not back in time, and is unsure whether they leak")
    void notBack() throws InterruptedException {
        grown();
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .startsWith("not back 20s after the fault: main.work, created by main.f 0 \u2192 10 (select)");
        assertThat(result.groups()).extracting(Group::after).containsExactly(10);
        assertThat(result.series()).hasSize(16);
        assertThat(watches.unsure()).isTrue();
    }

    @Test
    @DisplayName("looks twice though the first look comes late")
    void late() throws InterruptedException {
        grown();
        watches.takeBaseline();
        clock.pass(Duration.ofSeconds(60));
        GoroutineResult result = look(WITHIN);

        assertThat(result.detail()).startsWith("not back 65s after the fault");
        assertThat(result.series()).hasSize(6);
    }

    @Test
    @DisplayName("fails the same goroutine stuck at two looks, half of the time apart")
    void stuck() throws InterruptedException {
        pod.goroutines = at -> PprofPod.with(at > 1_750 ? 1 : 0, "chan send");
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .startsWith("leak: 1 goroutine is stuck in chan send, still the same 20s after the fault");
    }

    @Test
    @DisplayName("names the requests that leaked goroutines were made for, by the labels at their stack")
    void origins() throws InterruptedException {
        pod.goroutines = at -> PprofPod.with(at > 1_750 ? 2 : 0, "chan send");
        Map<String, String> labels = Map.of("trace_id", "aa", "span_id", "01", "chaos_type", "NetworkDelay");
        pod.labels = new ProfileBytes("goroutine")
                .sample(List.of(2L), labels, "runtime.gopark", "runtime.chansend1", "main.work@/main.go:2")
                .sample(List.of(1L), Map.of("trace_id", "cc"), "runtime.gopark", "main.work@/main.go:3")
                .sample(List.of(1L), Map.of(), "runtime.gopark", "main.work@/main.go:2")
                .bytes();
        GoroutineResult result = judge();

        assertThat(result.detail()).endsWith("(chan send); made for the request of trace aa (NetworkDelay)");
        assertThat(result.groups())
                .singleElement()
                .extracting(Group::origins)
                .isEqualTo(List.of(new Origin("aa", "01", "NetworkDelay", 2)));
    }

    @Test
    @DisplayName("looks once more, later, where one got stuck late")
    void stuckLate() throws InterruptedException {
        pod.goroutines = at -> PprofPod.with(at >= REVERTED + 18_000 ? 2 : at > 1_750 ? 1 : 0, "chan send").stream()
                .filter(goroutine -> !goroutine.startsWith("100 ") || at < REVERTED + 18_000)
                .toList();
        GoroutineResult result = judge();

        assertThat(result.detail())
                .startsWith("leak: 1 goroutine is stuck in chan send, still the same 27.5s after the fault");
        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 27_500);
    }

    @Test
    @DisplayName("passes one that was stuck at the last look, and is gone at the one after it")
    void stuckForAMoment() throws InterruptedException {
        pod.goroutines = at -> PprofPod.with(at > 1_750 && at < REVERTED + 21_000 ? 1 : 0, "chan send").stream()
                .map(goroutine -> goroutine.replace("100 ", 100 + (int) (at / 1_000) + " "))
                .toList();
        GoroutineResult result = judge();

        assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail()).endsWith("27.5s after the fault");
    }

    @Test
    @DisplayName("fails what the runtime knows to be leaked, if that is more than before")
    void leaked() throws InterruptedException {
        pod.leaked = at -> OptionalInt.of(at > REVERTED ? 2 : 1);
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .startsWith("leak: the Go runtime found 2 goroutines that can never wake again" + " (baseline 1)");
        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 20_000);
    }

    @Test
    @DisplayName("asks again where a pod does not answer, and claims nothing where it never does")
    void silent() throws InterruptedException {
        pod.isDown = at -> at > 1_750 && at < REVERTED + 7_000;
        assertThat(judge().detail()).endsWith("7s after the fault");

        pod.isDown = at -> true;
        GoroutineResult result = look(WITHIN);
        assertThat(result.outcome()).isEqualTo(Outcome.PASSED); // as it was decided

        assertThat(neverAnswers().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(neverAnswers().detail()).startsWith("p-0: no profile from ").contains("HTTP 500");
    }

    private GoroutineResult neverAnswers() throws InterruptedException {
        pod.isDown = at -> false;
        GoroutineWatches others =
                new GoroutineWatches(List.of(pod.life(1)), "admin", (instance, port) -> pod.address(), clock);
        others.takeBaseline();
        pod.isDown = at -> true;
        others.judge(pod.elapsedMs(), WITHIN, pod::elapsedMs, () -> running);
        return others.results().get(0);
    }

    @Test
    @DisplayName("counts for the chart, and asks no pod that stands still")
    void paused() throws InterruptedException {
        watches.takeBaseline();
        watches.sample(1, List::of);
        AtomicBoolean asked = new AtomicBoolean();
        pod.isDown = at -> asked.getAndSet(true);
        watches.sample(2, () -> List.of(pod.life(1)));
        assertThat(asked).isFalse();
        watches.sample(3, List::of);

        assertThat(look(WITHIN).series()).extracting(Count::atMs).startsWith(1.0, 3.0);
    }

    @Test
    @DisplayName("does not miss a pod that a fault was to end")
    void killed() throws InterruptedException {
        running = List.of();
        watches.killed(List.of(pod.life(1).handle()));
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail()).startsWith("p-0 (pid 1) was killed by the fault, as it was to be");
    }

    @Test
    @DisplayName("fails a pod that is gone, at once")
    void gone() throws InterruptedException {
        running = List.of();
        GoroutineResult result = judge();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail()).startsWith("p-0 (pid 1) died or was replaced during the experiment");
        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 5_000);
    }

    @Test
    @DisplayName("counts for the chart, in order of time, with a gap where a pod does not answer")
    void chart() throws InterruptedException {
        watches.takeBaseline();
        watches.sample(1_000, List::of);
        pod.isDown = at -> true;
        watches.sample(2_000, List::of);
        pod.isDown = at -> false;
        watches.sample(500, List::of);

        assertThat(look(WITHIN).series())
                .containsExactly(new Count(500, 1), new Count(1_000, 1), new Count(REVERTED + 5_000, 1));
    }

    @Test
    @DisplayName("has no result before it judged")
    void tooEarly() {
        assertThatIllegalStateException().isThrownBy(watches::results).withMessage("p-0 has not been judged");
    }

    @Test
    @DisplayName("fails groups that grow at each of two repetitions, after as long a time as at first")
    void growing() throws InterruptedException {
        grown();
        judge();
        pod.goroutines = at -> PprofPod.with(20, "select");
        repeat();
        assertThat(watches.unsure()).isTrue();
        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 40_000);
        pod.goroutines = at -> PprofPod.with(30, "select");
        repeat();

        assertThat(watches.unsure()).isFalse();
        assertThat(result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result().detail())
                .startsWith("leak: they grow each time the fault is repeated: main.work, created by main.f"
                        + " 0 \u2192 10 \u2192 20 \u2192 30 (select)");
    }

    @Test
    @DisplayName("passes groups that do not grow when the fault is repeated, at the first look after it")
    void bounded() throws InterruptedException {
        grown();
        judge();
        repeat();

        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 25_000);
        assertThat(result().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result().detail()).startsWith("bounded: ");
        assertThat(watches.unsure()).isFalse();
    }

    @Test
    @DisplayName("fails what the runtime knows to be leaked after a repetition")
    void leakedByRepetition() throws InterruptedException {
        grown();
        pod.leaked = at -> OptionalInt.of(0);
        judge();
        pod.leaked = at -> OptionalInt.of(4);
        repeat();

        assertThat(result().detail()).startsWith("leak: the Go runtime found 4 goroutines");
    }

    @Test
    @DisplayName("claims nothing where a pod does not answer after a repetition")
    void silentAfterRepetition() throws InterruptedException {
        grown();
        judge();
        pod.isDown = at -> true;
        repeat();

        assertThat(pod.elapsedMs()).isEqualTo(REVERTED + 40_000);
        assertThat(result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    @DisplayName("says why a fault cannot be repeated, of those that it is unsure about")
    void leftUnsure() throws InterruptedException {
        grown();
        judge();
        watches.leaveUnsure("no load");

        assertThat(watches.unsure()).isFalse();
        assertThat(result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result().detail()).endsWith("(pools, queues): no load");
        assertThat(result().groups()).hasSize(1);
    }

    /** Ten more after the fault. */
    private void grown() {
        pod.goroutines = at -> PprofPod.with(at > 1_750 ? 10 : 0, "select");
    }

    private GoroutineResult judge() throws InterruptedException {
        return judge(WITHIN);
    }

    private GoroutineResult judge(Duration within) throws InterruptedException {
        watches.takeBaseline();
        return look(within);
    }

    private GoroutineResult look(Duration within) throws InterruptedException {
        watches.judge(REVERTED, within, pod::elapsedMs, () -> running);
        return result();
    }

    private void repeat() throws InterruptedException {
        watches.repeated(pod.elapsedMs(), WITHIN, pod::elapsedMs, () -> running, 1);
    }

    private GoroutineResult result() {
        return watches.results().get(0);
    }
}
