// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.PlainFault;
import dev.chaosjunit.fault.Share;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.OlderConnections;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ShareReached;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Touched;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A verdict")
class VerdictTests {
    private final Verdict verdict = new Verdict();

    @Test
    @DisplayName("is passed when everything is")
    void passed() {
        verdict.unsteady(List.of(slo(Stage.BASELINE, Outcome.PASSED)));
        verdict.slos(List.of(slo(Stage.FAULT, Outcome.PASSED), slo(Stage.RECOVERY, Outcome.PASSED)));
        witnesses(List.of(fault("delay", "a-0", 5, Map.of())));
        verdict.goroutines(List.of(goroutines(Outcome.PASSED)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.summary()).isEqualTo("Every objective was met, the fault hit, and everything came back.");
    }

    @Test
    @DisplayName("says which fault hit another share than it was asked for, and is passed all the same")
    void share() {
        FaultResult asked = lost(100);
        witnesses(List.of(asked));
        assertThat(verdict.summary()).isEqualTo("Every objective was met, the fault hit, and everything came back.");
        witnesses(List.of(lost(200)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.summary())
                .contains("The fault hit another share than it was asked for, as one in twenty does by chance: loss on"
                        + " a-0: reached 20% of 1,000 drawn (17.6% to 22.6% with 95% confidence), asked for 10%.");
    }

    private static FaultResult lost(long hit) {
        return FaultResult.of("loss", "a-0", Unit.PACKET)
                .mechanism("tcx")
                .counters(new FaultResult.Counters(1000, 1000, hit, 0, 0))
                .share(ShareReached.of(new Share(new Percent(0.1)), hit, 1000))
                .witness(Outcome.PASSED)
                .build();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "INCONCLUSIVE"})
    @DisplayName("is inconclusive after an unsteady baseline, even one that missed its objective")
    void unsteady(Outcome baseline) {
        verdict.unsteady(List.of(slo(Stage.BASELINE, Outcome.PASSED), slo(Stage.BASELINE, baseline)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary())
                .isEqualTo("Not steady before the fault, so nothing was injected: http://a/: p99 is 9 ms.");
    }

    @Test
    @DisplayName("is failed by one missed objective, whatever else is inconclusive, with a line for each")
    void failed() {
        verdict.slos(List.of(slo(Stage.FAULT, Outcome.INCONCLUSIVE), slo(Stage.RECOVERY, Outcome.FAILED)));
        witnesses(List.of(fault("delay", "a-0", 0, Map.of())));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.summary().lines())
                .containsExactly(
                        "In the fault window, http://a/: p99 is 9 ms.",
                        "In the recovery window, http://a/: p99 is 9 ms.",
                        "The fault hit nothing: delay: a-0: 0 of 10 packets matched, it saw none at all");
    }

    @Test
    @DisplayName("is inconclusive for a fault that hit nothing, and says what it saw instead")
    void sawInstead() {
        witnesses(List.of(fault("delay", "a-0", 0, Map.of("198.18.0.9", 10L)), fault("dns", "a-0", 1, Map.of())));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary())
                .isEqualTo("The fault hit nothing: delay: a-0: 0 of 10 packets matched,"
                        + " it saw instead: {198.18.0.9=10}");
    }

    @Test
    @DisplayName("says of a fault that hit none of what it meant of how many it drew")
    void drewNone() {
        FaultResult pod = FaultResult.of("reset", "a-0", Unit.PACKET)
                .mechanism("tcx")
                .counters(new FaultResult.Counters(20, 12, 0, 0, 0))
                .sawInstead(Map.of("198.18.0.9", 20L))
                .share(ShareReached.of(new Share(new Percent(0.1)), 0, 3))
                .witness(Outcome.INCONCLUSIVE)
                .build();
        witnesses(List.of(pod));

        assertThat(verdict.summary())
                .isEqualTo(
                        "The fault hit nothing: reset: a-0: 12 of 20 packets matched, none was hit: it reached 0% of 3"
                                + " drawn (0% to 56.1% with 95% confidence), asked for 10%");
    }

    @Test
    @DisplayName("wants a fault to hit one of its pods, not every one")
    void onePodIsEnough() {
        witnesses(List.of(fault("delay", "a-0", 0, Map.of()), fault("delay", "a-1", 1, Map.of())));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("names each selected pod that was not hit, whatever else it says")
    void namesThoseNotHit() {
        witnesses(List.of(
                fault("delay", "a-0", 0, Map.of()),
                fault("delay", "a-1", 1, Map.of()),
                fault("dns", "a-0", 1, Map.of())));
        String notHit = "The fault hit a-1, but not all that were selected: delay: a-0: 0 of 10 packets matched,"
                + " it saw none at all";
        assertThat(verdict.summary().lines())
                .containsExactly("Every objective was met, and everything came back.", notHit);

        verdict.add(Outcome.FAILED, "Something else.");
        assertThat(verdict.summary().lines()).containsExactly("Something else.", notHit);
    }

    @Test
    @DisplayName("is inconclusive for a fault that was injected into nothing, where packets are not counted")
    void notCounted() {
        witnesses(List.of(notCounted("a-0", Outcome.INCONCLUSIVE)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary()).isEqualTo("The fault hit nothing: delay: a-0: injected 0 of 1");
    }

    @Test
    @DisplayName("takes the word of what injected a fault and counts no packets")
    void injectedButNotCounted() {
        witnesses(List.of(notCounted("a-0", Outcome.PASSED)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("is failed by goroutines that did not come back")
    void goroutines() {
        verdict.goroutines(List.of(goroutines(Outcome.PASSED), goroutines(Outcome.FAILED)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.summary()).isEqualTo("Goroutines of a-0: 12 are stuck");
    }

    @Test
    @DisplayName("a fault that met probes only has hit nobody, and the verdict says whose connections they were")
    void probesOnly() {
        FaultResult one = fault("delay", "a-0", 4, Map.of());
        String met = "hit probes only: 2 connections from 10.42.0.1 to port 8080, at most 3 probes due";
        witnesses(List.of(probes(one, met, Outcome.INCONCLUSIVE)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary()).isEqualTo("The fault met probes only: delay: a-0: " + met);
    }

    private static FaultResult kept(String pod, long hit, boolean allowed) {
        FaultResult from = fault("dns", pod, hit, Map.of());
        return FaultResult.of("dns", pod, Unit.QUERY)
                .mechanism("tcx")
                .counters(from.counters())
                .older(new OlderConnections(
                        true,
                        3,
                        Map.of("10.43.0.7:80/tcp", 34L),
                        Map.of("10.43.0.7:80/tcp", 1L),
                        Map.of(),
                        allowed,
                        ""))
                .witness(hit > 0 || allowed ? Outcome.PASSED : Outcome.INCONCLUSIVE)
                .build();
    }

    @Test
    @DisplayName("is inconclusive where pods went on over older connections, names these, and says what to do")
    void escaped() {
        witnesses(List.of(kept("a-0", 5, false), fault("delay", "a-0", 5, Map.of())));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary())
                .isEqualTo("The fault was escaped: dns: pod a-0 went on over connections older than the fault, to"
                        + " 10.43.0.7:80/tcp (34 packets on 1 connection). Only who connects anew asks for a name:"
                        + " reconnect = true on @DnsChaos closes such connections as the fault begins; escape ="
                        + " ALLOWED takes it as meant.");
    }

    @Test
    @DisplayName("says first that a fault was escaped, and then that it hit nothing")
    void escapedAndNothingHit() {
        witnesses(List.of(kept("a-0", 0, false)));

        assertThat(verdict.reasons()).hasSize(2).first().asString().startsWith("The fault was escaped");
    }

    @Test
    @DisplayName("is passed where the test allows an escape, and says so")
    void escapeAllowed() {
        witnesses(List.of(kept("a-0", 0, true)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.summary())
                .isEqualTo("Every objective was met, and everything came back.\n"
                        + "The fault was escaped, as the test allows: dns: pod a-0 went on over connections older than"
                        + " the fault, to 10.43.0.7:80/tcp (34 packets on 1 connection).");
    }

    @Test
    @DisplayName("says in its first lines that few requests were touched, which is no reason against a pass")
    void fewTouched() {
        verdict.touched(List.of(
                new Touched("dns", "16 queries", null, 8, 400, 0, Outcome.PASSED),
                new Touched("delay", "400 packets", 12L, 400, 400, 0, Outcome.PASSED)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.summary().lines())
                .containsExactly(
                        "Every objective was met, the fault hit, and everything came back.",
                        "The fault touched about 8 of 400 requests (2.0 %), by 16 queries: dns.");
    }

    @Test
    @DisplayName("says nothing of requests where none was touched, or a twentieth of them was")
    void enoughTouched() {
        verdict.touched(List.of(
                new Touched("dns", "0 queries", null, 0, 400, 0, Outcome.PASSED),
                new Touched("dns", "20 queries", null, 20, 400, 0, Outcome.PASSED)));

        assertThat(verdict.summary()).isEqualTo("Every objective was met, the fault hit, and everything came back.");
    }

    @Test
    @DisplayName("takes the word of what injected a fault that is not counted, also beside one that was escaped")
    void notCountedHit() {
        witnesses(List.of(kept("a-0", 0, true), notCounted("a-1", Outcome.PASSED)));

        assertThat(verdict.summary()).startsWith("Every objective was met, the fault hit, and everything came back.");
    }

    @Test
    @DisplayName("is inconclusive where fewer requests were touched than the test asks for")
    void tooFewTouched() {
        verdict.touched(List.of(new Touched("delay", "40 packets", 3L, 40, 400, 0.2, Outcome.INCONCLUSIVE)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.summary())
                .isEqualTo("The fault touched about 40 of 400 requests (10 %), by 40 packets on 3 connections, but"
                        + " minTouched asks for 20%: delay.");
    }

    private void witnesses(List<FaultResult> pods) {
        verdict.witnesses(pods.stream()
                .collect(Collectors.groupingBy(FaultResult::fault, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(fault -> new FaultWitness(new PlainFault("DnsChaos", fault.getKey()), fault.getValue()))
                .toList());
    }

    @Test
    @DisplayName("judges two faults by themselves, though they are described alike")
    void alike() {
        verdict.witnesses(List.of(
                new FaultWitness(new PlainFault("delay"), List.of(fault("delay", "a-0", 1, Map.of()))),
                new FaultWitness(new PlainFault("delay"), List.of(fault("delay", "b-0", 0, Map.of())))));

        assertThat(verdict.summary()).startsWith("The fault hit nothing: delay: b-0: ");
    }

    private static FaultResult probes(FaultResult from, String met, Outcome witness) {
        return FaultResult.of(from.fault(), from.instance(), from.unit())
                .mechanism(from.mechanism())
                .counters(from.counters())
                .probes(met)
                .witness(witness)
                .build();
    }

    private static SloResult slo(Stage window, Outcome outcome) {
        return new SloResult(
                window, "http://a/", "p99", Limit.parse("5ms"), "9 ms", "9 ms", 100, outcome, "p99 is 9 ms.");
    }

    private static FaultResult fault(String name, String pod, long hit, Map<String, Long> sawInstead) {
        return FaultResult.of(name, pod, Unit.PACKET)
                .mechanism("tcx")
                .counters(new FaultResult.Counters(10, hit, hit, 0, 0))
                .sawInstead(sawInstead)
                .witness(hit > 0 ? Outcome.PASSED : Outcome.INCONCLUSIVE)
                .build();
    }

    private static FaultResult notCounted(String pod, Outcome witness) {
        return FaultResult.of("delay", pod, Unit.PACKET)
                .mechanism("another")
                .detail("injected 0 of 1")
                .witness(witness)
                .build();
    }

    private static GoroutineResult goroutines(Outcome outcome) {
        return new GoroutineResult("a-0", 10, List.of(), List.of(), outcome, "12 are stuck");
    }
}
