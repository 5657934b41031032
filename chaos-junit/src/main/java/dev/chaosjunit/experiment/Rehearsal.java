// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.Routes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The same load without the fault, once per set of loads: what a service keeps after load (pools, idle connections) is
 * then part of its goroutine baseline, and nothing is cold when the steady state is measured.
 */
final class Rehearsal {
    private final Set<List<LoadSpec>> done = new HashSet<>();

    boolean isDue(List<LoadSpec> loads) {
        return !loads.isEmpty() && !done.contains(loads);
    }

    void run(List<LoadSpec> loads, Routes routes, Duration length, LossWatch watch) throws InterruptedException {
        try (Loads running = Loads.start(loads, routes)) {
            watch.started(running);
            Thread.sleep(length.toMillis());
            running.stop();
        }
        done.add(loads);
    }
}
