// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.ExperimentRunner;
import dev.chaosjunit.experiment.Losses;
import dev.chaosjunit.inject.Injector;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.result.ExperimentResult;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The services of a plan, and what injects faults into them; {@link #close} takes both away. */
public final class Session implements AutoCloseable {
    private final Preflight preflight;
    private final Cluster cluster;
    private final Injector injector;
    private final OtlpCollector collector;
    private final Telemetry telemetry;
    private final ExperimentRunner runner;

    /** Take services that are up already, and export nothing; they and the injector are closed with this. */
    public Session(Preflight preflight, Cluster cluster, Injector injector) {
        this(preflight, cluster, injector, Optional.empty());
    }

    /** The same, but tell a backend of OTLP, by its base URL, of the faults. */
    Session(Preflight preflight, Cluster cluster, Injector injector, Optional<URI> endpoint) {
        this(preflight, cluster, injector, new Telemetry(endpoint));
    }

    private Session(Preflight preflight, Cluster cluster, Injector injector, Telemetry telemetry) {
        this(preflight, cluster, injector, new OtlpCollector(Optional.empty(), Optional.empty(), telemetry), telemetry);
    }

    private Session(
            Preflight preflight, Cluster cluster, Injector injector, OtlpCollector collector, Telemetry telemetry) {
        this.preflight = preflight;
        this.cluster = cluster;
        this.injector = injector;
        this.collector = collector;
        this.telemetry = telemetry;
        this.runner = new ExperimentRunner(cluster, injector, System.out, collector.spans());
    }

    /**
     * Bring everything up, or leave nothing behind.
     *
     * @param experiments those that are known: what their faults name in programs is looked for before anything runs
     * @param name for directories of logs; one session at a time of each name
     * @throws SettingException if a parameter is wrong
     * @throws dev.chaosjunit.cluster.RuntimeUnavailableException if this machine lacks what the plan needs
     * @throws dev.chaosjunit.cluster.ClusterException if a manifest, an image or a pod is at fault
     * @throws dev.chaosjunit.inject.InjectionException if a fault names what a program does not have, or what injects
     *     faults does not start
     */
    public static Session open(Preflight preflight, List<Experiment> experiments, String name, Settings settings) {
        Engine engine = settings.engine();
        Optional<URI> endpoint = settings.otlpEndpoint();
        Telemetry telemetry = new Telemetry(endpoint);
        OtlpCollector collector = new OtlpCollector(preflight.plan().traces(), endpoint, telemetry);
        try {
            Runtimes runtimes = new Runtimes(settings, collector, programs -> preflight.check(experiments, programs));
            return take(preflight, runtimes.start(preflight, name), engine, collector, telemetry);
        } catch (RuntimeException | Error e) {
            collector.close();
            telemetry.close();
            throw e;
        }
    }

    private static Session take(
            Preflight preflight, Cluster cluster, Engine engine, OtlpCollector collector, Telemetry telemetry) {
        try {
            return new Session(preflight, cluster, engine.start(cluster), collector, telemetry);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** What is known of the plan, for more experiments on the same services. */
    public Preflight preflight() {
        return preflight;
    }

    public Plan plan() {
        return preflight.plan();
    }

    public Cluster cluster() {
        return cluster;
    }

    public ExperimentRunner runner() {
        return runner;
    }

    /** What pods told of requests, if they export here. */
    public Optional<SpanStore> spans() {
        return collector.spans();
    }

    /**
     * Send an experiment that is over as telemetry, where the settings name a backend.
     *
     * @return the same result, with a note where not all telemetry arrived
     */
    public ExperimentResult send(ExperimentResult result) {
        return telemetry.send(result);
    }

    /** What is gone of our own: errors from then on would seem to be the services'. */
    public Losses losses() {
        return runner.losses();
    }

    /**
     * Start anew the pods that ended in an earlier test, or are not ready after it; the next report says so.
     *
     * @return what was done, in a sentence; empty where there was nothing to do
     * @throws dev.chaosjunit.cluster.ClusterException where it does not come up
     */
    public Optional<String> startAnew() {
        List<String> pods = cluster.startAnew(plan().readyWithin());
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        String note = "Before this test, pods that had ended or were not ready any more were started anew: "
                + String.join(", ", pods) + ".";
        runner.note(note);
        return Optional.of(note);
    }

    @Override
    public void close() {
        try (telemetry;
                collector;
                cluster) {
            injector.close();
        }
    }
}
