// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.RunningLoad;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Running;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One limit and one load while a fault is on. */
final class WatchedLimit {
    private final RunningLoad load;
    private final Objective objective;
    private final Running running;
    private long next;

    WatchedLimit(RunningLoad load, Objective objective, Running running, long from) {
        this.load = load;
        this.objective = objective;
        this.running = running;
        this.next = from;
    }

    /** Look at what came of the requests so far, and at those that are still out. */
    void look(long now, Predicate<Sample> counted) {
        List<Sample> due = load.due(next, now).stream().filter(counted).toList();
        int settled = running.look(due);
        if (settled > 0) {
            next = due.get(settled - 1).plannedNanos() + 1;
        }
    }

    /** Whether it is proved to be met, or nothing ever can prove that before the end. */
    boolean holds() {
        return running.holds() || running.isOfEach();
    }

    /** What is proved to be missed, as a verdict on the fault window, once it is. */
    Optional<SloResult> broken() {
        return running.broken()
                .map(proof -> new SloResult(
                        Stage.FAULT,
                        load.spec().url().toString(),
                        objective.name(),
                        objective.asLimit(),
                        running.observed(proof),
                        running.edge(proof),
                        proof.requests(),
                        Outcome.FAILED,
                        running.describe(proof)));
    }
}
