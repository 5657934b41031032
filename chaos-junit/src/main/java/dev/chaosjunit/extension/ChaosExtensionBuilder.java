// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.render.NamedManifests;
import dev.chaosjunit.experiment.CallLimit;
import dev.chaosjunit.experiment.GoroutineRecovery;
import dev.chaosjunit.experiment.TraceRules;
import dev.chaosjunit.experiment.WantedProfiles;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.observe.profile.ProfileKind;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import dev.chaosjunit.quantity.Rate;
import dev.chaosjunit.session.Plan;
import dev.chaosjunit.slo.Objective;
import dev.chaosjunit.slo.Phase;
import dev.chaosjunit.slo.SloSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The annotations' words in code. Annotations on a test add to it, and replace its loads and SLOs. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ChaosExtensionBuilder {
    private final List<ManifestSource> manifests;
    private final List<String> ignore = new ArrayList<>();
    private final List<ImageSpec> images = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<LoadSpec> loads = new ArrayList<>();
    private final List<SloSpec> slos = new ArrayList<>();
    private final List<CallLimit> calls = new ArrayList<>();
    private final List<Objective> abortWhen = new ArrayList<>();
    private boolean chaosIdCarried;
    private @Nullable OtlpProtocol traces;
    private @Nullable GoroutineRecovery goroutines;
    private @Nullable WantedProfiles profiles;
    private ClusterRuntime runtime = ClusterRuntime.AUTO;
    private Duration readyWithin = Duration.ofSeconds(30);
    private WindowLengths windows =
            new WindowLengths(Duration.ofSeconds(4), Duration.ofSeconds(4), Duration.ofSeconds(5));

    ChaosExtensionBuilder(String... names) {
        NamedManifests named = new NamedManifests(List.of());
        manifests =
                Arrays.stream(names).flatMap(name -> named.read(name).stream()).toList();
    }

    /** Leave fields and kinds of the manifests out; {@link dev.chaosjunit.ChaosTest#ignore} says how they are named. */
    public ChaosExtensionBuilder ignore(String... names) {
        ignore.addAll(List.of(names));
        return this;
    }

    /** Build an image of the manifests from a Go package of the working directory's module, or a versioned one. */
    public ChaosExtensionBuilder image(String name, String main) {
        images.add(new GoImageSpec(name, main, Path.of("").toAbsolutePath()));
        return this;
    }

    /** Say all that can be said of what stands behind an image of the manifests. */
    public ChaosExtensionBuilder image(ImageSpec image) {
        images.add(image);
        return this;
    }

    /** Send GET requests, with a time-out of 2 s. */
    public ChaosExtensionBuilder load(String url, String rate) {
        return load(new LoadSpec(URI.create(url), Rate.parse(rate), "GET", Map.of(), "", Duration.ofSeconds(2)));
    }

    /** Send requests. */
    public ChaosExtensionBuilder load(LoadSpec load) {
        loads.add(load);
        return this;
    }

    /** Hold the loads against an SLO. */
    public ChaosExtensionBuilder slo(SloSpec slo) {
        slos.add(slo);
        return this;
    }

    /** End the fault once a limit is proved to be broken; those of SLOs of phase FAULT end it likewise. */
    public ChaosExtensionBuilder abortWhen(Objective limit) {
        abortWhen.add(limit);
        return this;
    }

    /** Want goroutines back. */
    public ChaosExtensionBuilder goroutineBaseline(Duration within, String port) {
        goroutines = new GoroutineRecovery(within, port);
        return this;
    }

    /** Have pods export their traces to this JVM, for the report and for rules on them. */
    public ChaosExtensionBuilder traces(OtlpProtocol protocol) {
        traces = protocol;
        return this;
    }

    /**
     * Take profiles of the fault window, for the report.
     *
     * @param port name of the container port that serves {@code /debug/pprof}
     * @param kinds one at least
     */
    public ChaosExtensionBuilder profiles(String port, ProfileKind... kinds) {
        profiles = new WantedProfiles(List.of(kinds), port);
        return this;
    }

    /** Want the fault's {@code chaos.id} on every span of the requests that were sent under it; needs traces. */
    public ChaosExtensionBuilder chaosIdCarried() {
        chaosIdCarried = true;
        return this;
    }

    /**
     * Limit how often a service is called for one request; needs traces.
     *
     * @param to the service that is called, by its {@code service.name}
     * @param max calls a request, the mean; above 0
     */
    public ChaosExtensionBuilder callsPerRequest(String to, double max, Phase phase) {
        calls.add(new CallLimit(to, "", max, phase));
        return this;
    }

    /** Inject a fault in every test. */
    public ChaosExtensionBuilder fault(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** Where the services run, unless the configuration parameter {@code chaos.runtime} says otherwise. */
    public ChaosExtensionBuilder runtime(ClusterRuntime wanted) {
        runtime = wanted;
        return this;
    }

    /** Let pods take that long to become ready; 30 s unless said. */
    public ChaosExtensionBuilder readyWithin(Duration limit) {
        readyWithin = limit;
        return this;
    }

    /** Set the lengths of the windows; 4 s of baseline, 4 s of recovery, begun within 5 s, unless said. */
    public ChaosExtensionBuilder windows(WindowLengths lengths) {
        windows = lengths;
        return this;
    }

    /** Make the extension. */
    public ChaosExtension build() {
        return new ChaosExtension(
                new Plan(manifests, ignore, images, runtime, readyWithin, windows, Optional.ofNullable(traces)),
                new ExperimentParts(
                        faults,
                        loads,
                        slos,
                        Optional.ofNullable(goroutines),
                        Optional.empty(),
                        new TraceRules(chaosIdCarried, calls),
                        abortWhen,
                        Optional.ofNullable(profiles)));
    }
}
