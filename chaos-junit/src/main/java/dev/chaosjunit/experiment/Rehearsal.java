// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The same load without the fault, once per set of loads and length: what a service keeps after load (pools, idle connections) is
 * then part of its goroutine baseline, and nothing is cold when the steady state is measured.
 */
final class Rehearsal {
    private final Map<List<LoadSpec>, Duration> done = new HashMap<>();

    /** Rehearse, unless that was done before. */
    void run(Run run) throws InterruptedException {
        Experiment experiment = run.experiment();
        if (!isDue(experiment)) {
            return;
        }
        run.enter(Stage.REHEARSAL, experiment.rehearsal());
        try (Loads running = run.startLoads()) {
            run.clock().sleep(experiment.rehearsal());
            running.stop();
        }
        done.put(experiment.loads(), experiment.rehearsal());
    }

    /** To warm things up, once is enough; for goroutines it must have been as long. */
    private boolean isDue(Experiment experiment) {
        Duration longest = done.get(experiment.loads());
        return !experiment.loads().isEmpty()
                && (longest == null
                        || (experiment.goroutines().isPresent() && longest.compareTo(experiment.rehearsal()) < 0));
    }
}
