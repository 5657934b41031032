// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.Routes;
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

    /** To warm things up, once is enough; for goroutines it must have been as long. */
    boolean isDue(Experiment experiment) {
        Duration longest = done.get(experiment.loads());
        return !experiment.loads().isEmpty()
                && (longest == null
                        || (experiment.goroutines().isPresent() && longest.compareTo(experiment.rehearsal()) < 0));
    }

    void run(List<LoadSpec> loads, Routes routes, Duration length, LossWatch watch) throws InterruptedException {
        try (Loads running = Loads.start(loads, routes)) {
            watch.started(running);
            Thread.sleep(length.toMillis());
            running.stop();
        }
        done.put(loads, length);
    }
}
