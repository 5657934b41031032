// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.List;

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
            List<SloResult> during = duringFault();
            findings.slos(during);
            findings.verdict().slos(during);
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
        List<SloResult> after = steadyState.judge(Stage.RECOVERY, from, lengths.recovery());
        while (!SteadyState.isMet(after) && settled.plus(STEP).compareTo(lengths.recoverWithin()) <= 0) {
            settled = settled.plus(STEP);
            from = findings.reverted() + settled.toNanos();
            after = steadyState.judge(Stage.RECOVERY, from, lengths.recovery());
        }
        if (SteadyState.isMet(after) && !after.isEmpty()) {
            findings.note(
                    settled.isZero()
                            ? "Steady from the revert on."
                            : "Steady again " + Durations.format(settled) + " after the revert.");
        }
        findings.window(Stage.RECOVERY, from, from + lengths.recovery().toNanos());
        return after;
    }

    private List<SloResult> duringFault() throws InterruptedException {
        long from = findings.injected();
        long to = findings.reverted();
        loads.settle(from, to);
        InFlight inFlight = new InFlight(faults.cuts());
        inFlight.describe(loads::samples).ifPresent(findings::note);
        long earliest = losesWhatIsInFlight() ? findings.start() : from;
        return ofServices(loads.judge(
                run.experiment().slos(),
                Phase.FAULT,
                Stage.FAULT,
                earliest,
                to,
                request -> (request.plannedNanos() >= from || request.endedNanos() > from)
                        && inFlight.isCounted(request)));
    }

    private boolean losesWhatIsInFlight() {
        return run.experiment().faults().stream().anyMatch(Fault::losesWhatIsInFlight);
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
