// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The steady state and the pods come back; what the load saw of the fault is judged as well, once its answers are there. */
final class RecoveryStage {
    private static final Duration STEP = Duration.ofMillis(200);

    private final Run run;
    private final Findings findings;
    private final FaultSchedule faults;
    private final Loads loads;
    private final WindowLengths lengths;

    RecoveryStage(Run run, FaultSchedule faults, Loads loads) {
        this.run = run;
        this.findings = run.findings();
        this.faults = faults;
        this.loads = loads;
        this.lengths = run.experiment().windows();
    }

    void run() throws InterruptedException {
        if (!run.experiment().loads().isEmpty()) {
            run.enter(Stage.RECOVERY, lengths.recovery());
            List<SloResult> after = steadyAgain();
            endedEarly();
            List<SloResult> during = duringFault();
            findings.slos(during);
            findings.verdict()
                    .slos(findings.early().map(end -> end.unsaid(during)).orElse(during));
            findings.slos(after);
            findings.verdict().slos(after);
        }
        podsBack();
    }

    /** The earliest stretch after the revert that meets the steady state, or the last one that is allowed. */
    private List<SloResult> steadyAgain() throws InterruptedException {
        SteadyState steadyState = new SteadyState(run, loads);
        Duration settled = Duration.ZERO;
        long from = findings.reverted();
        Judged after = steadyState.judge(Stage.RECOVERY, from, lengths.recovery());
        while (!after.isMet() && settled.plus(STEP).compareTo(lengths.recoverWithin()) <= 0) {
            settled = settled.plus(STEP);
            from = findings.reverted() + settled.toNanos();
            after = steadyState.judge(Stage.RECOVERY, from, lengths.recovery());
        }
        if (after.isMet() && !after.slos().isEmpty()) {
            findings.note(
                    settled.isZero()
                            ? "Steady from the revert on."
                            : "Steady again " + Durations.format(settled) + " after the revert.");
        }
        after.noteLonger(findings, lengths.recovery());
        findings.window(Stage.RECOVERY, from, after.to());
        return after.slos();
    }

    private List<SloResult> duringFault() throws InterruptedException {
        long to = findings.reverted();
        loads.settle(findings.injected(), to);
        new InFlight(faults.cuts()).describe(loads::samples).ifPresent(findings::note);
        List<SloResult> judged = new DuringFault(run, faults, loads).judge(to);
        Optional<EarlyEnd> early = findings.early();
        return ofServices(early.map(end -> end.weigh(judged)).orElse(judged));
    }

    /** First of all what was proved while the fault was on. */
    private void endedEarly() {
        findings.early().filter(end -> end.broken().isPresent()).ifPresent(end -> {
            Outcome outcome = ofServices(List.of(end.broken().get())).get(0).outcome();
            findings.verdict().add(outcome, end.describe());
        });
    }

    /** What faults may have done by their means is not held against the services. */
    private List<SloResult> ofServices(List<SloResult> during) {
        try {
            return SideEffects.of(FaultWitness.pods(faults.witnesses())).judge(during);
        } catch (InjectionException e) {
            return during; // told once witnesses are wanted for themselves
        }
    }

    /** A pod that never came back is missed though no request may have needed it. */
    private void podsBack() throws InterruptedException {
        Duration within = lengths.recoverWithin();
        String fewer = findings.pods().awaitBack(findings.reverted(), within);
        if (!fewer.isEmpty()) {
            findings.verdict()
                    .add(
                            Outcome.FAILED,
                            "Not all pods came back: " + fewer + " ready, more than " + Durations.format(within)
                                    + " after the fault and the last end of one.");
        }
    }
}
