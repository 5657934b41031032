// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.load.LoadGenerator;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.result.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What all stages of one run share. */
record Run(
        Experiment experiment,
        Cluster cluster,
        LoadGenerator generator,
        Clock clock,
        Listener listener,
        LossWatch watch,
        Findings findings,
        Optional<SpanStore> spans) {

    void enter(Stage stage, Duration planned) {
        findings.enter(stage);
        listener.entered(stage, planned);
    }

    /** The experiment's loads, which end when something is lost that the run stands on. */
    Loads startLoads() {
        Loads loads = startLoads(experiment.loads());
        watch.started(loads);
        return loads;
    }

    /** Others beside them. */
    Loads startLoads(List<LoadSpec> specs) {
        List<LoadSpec> sent =
                spans.isPresent() ? specs.stream().map(LoadSpec::traced).toList() : specs;
        return Loads.start(sent, generator, new ServiceRoutes(cluster), clock);
    }
}
