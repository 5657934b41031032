// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.inject.Targets;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * The fault again, with all its windows shorter alike and without the test's body, for goroutines that did not come back:
 * those that leak become more each time. No SLO is held against it.
 */
final class Repetition {
    private static final int TIMES = 2;

    private final Run run;
    private final Experiment experiment;
    private final Injector injector;

    Repetition(Run run, Injector injector) {
        this.run = run;
        this.experiment = run.experiment();
        this.injector = injector;
    }

    /** Repeat until it is decided, twice at most; the experiment's own faults are detached before. */
    void decide(GoroutineCheck goroutines) throws InterruptedException {
        if (experiment.loads().isEmpty()) {
            goroutines.leaveUnsure("without a @Load, the fault cannot be repeated to tell");
            return;
        }
        double scale = scale();
        for (int time = 0; time < TIMES && goroutines.unsure(); time++) {
            run.enter(Stage.REPETITION, scaled(length(), scale));
            Optional<String> failure;
            try {
                failure = repeat(goroutines, scale);
            } catch (InjectionException e) {
                failure = Optional.of("the fault could not be repeated to tell: " + e.getMessage());
            }
            failure.ifPresent(goroutines::leaveUnsure);
        }
    }

    /** Half of the fault, but neither below 2 s nor above 10 s unless it is so itself. */
    private double scale() {
        double fault = experiment.longestFault().toMillis();
        return Math.min(Math.min(1, 10_000 / fault), Math.max(0.5, Math.min(1, 2_000 / fault)));
    }

    /** Why nothing can be told from it, if so. */
    private Optional<String> repeat(GoroutineCheck goroutines, double scale) throws InterruptedException {
        long reverted;
        try (FaultSchedule faults = FaultSchedule.attach(
                injector,
                Targets.choose(experiment.faults(), run.cluster(), new Random(experiment.seed())),
                run.clock())) {
            try (Loads loads = run.startLoads()) {
                run.clock().sleep(scaled(experiment.windows().baseline(), scale));
                reverted = repeat(faults, loads, scale);
                run.clock().sleep(scaled(experiment.windows().recovery(), scale));
                loads.stop();
            } finally {
                run.findings().killed(faults.killed());
                goroutines.killed(faults.killed());
            }
            if (!experiment.faults().isEmpty()
                    && FaultWitness.pods(faults.witnesses()).stream()
                            .map(FaultResult::witness)
                            .noneMatch(Outcome.PASSED::equals)) {
                return Optional.of("the fault was repeated to tell, but hit nothing");
            }
        }
        run.findings()
                .note("To tell whether goroutines leak, the fault was repeated for "
                        + Durations.format(scaled(experiment.longestFault(), scale)) + ".");
        run.listener().entered(Stage.GOROUTINES, goroutines.wanted().within());
        goroutines.repeated(run.findings().msAt(reverted), run.findings()::elapsedMs, scale);
        return Optional.empty();
    }

    /** Returns when all of it was over. */
    private long repeat(FaultSchedule faults, Loads loads, double scale) throws InterruptedException {
        loads.mark(Optional.of(experiment.mark(Stage.REPETITION)));
        faults.start(scale);
        try (MutatedRequests mutated = MutatedRequests.start(run, scale)) {
            faults.await().ifPresent(failure -> {
                throw failure;
            });
            mutated.await();
            return mutated.overNanos(faults);
        } finally {
            loads.mark(Optional.empty());
        }
    }

    private Duration length() {
        return experiment
                .windows()
                .baseline()
                .plus(experiment.longestFault())
                .plus(experiment.windows().recovery());
    }

    private static Duration scaled(Duration duration, double scale) {
        return Duration.ofMillis(Math.round(duration.toMillis() * scale));
    }
}
