// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.PodSpec.RestartPolicy;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.ProgramCheck;
import dev.chaosjunit.load.LoadSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with experiments by the word of the manifests alone, known before anything is built or started. */
public final class Preflight {

    /** Labels that a cluster gives to pods, which no manifest has; those of {@code app.kubernetes.io} people give. */
    private static final List<String> GIVEN =
            List.of("pod-template-hash", "controller-revision-hash", "kubernetes.io/");

    private static final String GIVEN_BY_PEOPLE = "app.kubernetes.io/";

    private final Plan plan;
    private final Optional<Manifests> read;
    private final Optional<ClusterException> refusal;

    private Preflight(Plan plan, Optional<Manifests> read, Optional<ClusterException> refusal) {
        this.plan = plan;
        this.read = read;
        this.refusal = refusal;
    }

    /** Read the manifests of a plan, once for all that is done with them. That they cannot be read is told when it matters. */
    public static Preflight of(Plan plan) {
        return of(plan, () -> ManifestReader.read(plan.manifests(), plan.ignore()));
    }

    static Preflight of(Plan plan, Supplier<Manifests> reading) {
        try {
            return new Preflight(plan, Optional.of(reading.get()), Optional.empty());
        } catch (ClusterException e) {
            return new Preflight(plan, Optional.empty(), Optional.of(e));
        }
    }

    public Plan plan() {
        return plan;
    }

    /**
     * What was read.
     *
     * @throws ClusterException if that could not be
     */
    Manifests manifests() {
        return read.orElseThrow(refusal::orElseThrow);
    }

    /**
     * See whether the manifests can be read where settings say; others than the local runtime read them by themselves.
     *
     * @throws dev.chaosjunit.cluster.manifest.ManifestException if the local runtime is to run them and they cannot be read
     * @throws SettingException if a parameter is wrong
     */
    public void check(Settings settings) {
        if (settings.runtime(plan) == ClusterRuntime.LOCAL) {
            refusal.ifPresent(why -> {
                throw why;
            });
        }
    }

    /**
     * Each in a line that names the element, what it says, and what there is.
     *
     * @throws SettingException if a parameter is wrong
     */
    public List<String> mistakes(Experiment experiment, Settings settings) {
        return Stream.concat(
                        new UnseenTraces(plan, settings.runtime(plan)).mistakes(experiment).stream(),
                        ofManifests(experiment).stream())
                .toList();
    }

    private List<String> ofManifests(Experiment experiment) {
        return read.map(known -> Stream.concat(
                                experiment.loads().stream().flatMap(load -> unknownService(load, known)),
                                experiment.faults().stream()
                                        .flatMap(fault -> Stream.concat(
                                                noPods(experiment.id(), fault, known),
                                                ofWorkloads(experiment.id(), fault, known))))
                        .toList())
                .orElse(List.of());
    }

    /** Refuse faults that name what the programs that run in pods do not have. */
    void check(List<Experiment> experiments, Map<String, Path> programs) {
        List<Fault> faults = experiments.stream()
                .flatMap(experiment -> experiment.faults().stream())
                .toList();
        read.ifPresent(known -> new ProgramCheck(faults, known).check(programs));
    }

    private static Stream<String> unknownService(LoadSpec load, Manifests known) {
        URI url = load.url();
        Optional<NamespacedName> name =
                NamespacedName.ofHost(url.getHost()).filter(meant -> isService(meant, url, known));
        if (name.isEmpty()) {
            return Stream.empty();
        }
        List<ServiceSpec> meant = name.get().among(known.services(), ServiceSpec::namespace, ServiceSpec::name);
        if (meant.size() != 1) {
            return Stream.of("@Load(url) " + url + ": there " + (meant.isEmpty() ? "is no Service " : "are Services ")
                    + url.getHost() + " in the manifests" + (meant.isEmpty() ? "" : " in several namespaces")
                    + "; there are "
                    + known.services().stream()
                            .map(ServiceSpec::shortName)
                            .sorted()
                            .toList());
        }
        int port = load.port();
        List<Integer> ports = meant.stream()
                .flatMap(service -> service.ports().stream())
                .filter(each -> each.protocol() == Protocol.TCP)
                .map(ServiceSpec.ServicePort::port)
                .toList();
        return ports.contains(port)
                ? Stream.empty()
                : Stream.of(
                        "@Load(url) " + url + ": Service " + url.getHost() + " has no port " + port + " but " + ports);
    }

    /** Two words may be a host elsewhere, unless the second is a namespace of the manifests. */
    private static boolean isService(NamespacedName name, URI url, Manifests known) {
        Optional<String> namespace = name.namespace();
        return namespace.isEmpty()
                ? !name.name().equals("localhost")
                : !url.getHost().equals(name.name() + "." + namespace.get())
                        || known.services().stream()
                                .anyMatch(service -> namespace.get().equals(service.namespace()));
    }

    private static Stream<String> noPods(String id, Fault fault, Manifests known) {
        List<String> mistakes = new ArrayList<>();
        String where =
                "@" + fault.name() + "(%s) on " + id + ": no pod of the manifests has the labels %s; there are %s";
        Selector selector = fault.selection().selector();
        if (!findsAny(selector, known)) {
            mistakes.add(String.format(where, "selector", selector, pods(known)));
        }
        fault.traffic()
                .flatMap(Traffic::target)
                .filter(target -> !findsAny(target, known))
                .ifPresent(target -> mistakes.add(String.format(where, "target", target, pods(known))));
        return mistakes.stream();
    }

    private static Stream<String> ofWorkloads(String id, Fault fault, Manifests known) {
        return Stream.of(notAgain(id, fault, known), noContainer(id, fault, known), misfits(id, fault, known))
                .flatMap(mistakes -> mistakes);
    }

    private static Stream<String> noContainer(String id, Fault fault, Manifests known) {
        return fault.kills().stream()
                .flatMap(kills -> known.workloads(fault.selection().selector()::matches).stream()
                        .flatMap(workload -> missing(kills.containers(), workload)))
                .map(why -> "@" + fault.name() + "(containerNames) on " + id + ": " + why);
    }

    private static Stream<String> missing(List<String> wanted, Workload workload) {
        List<String> there =
                workload.pod().containers().stream().map(ContainerSpec::name).toList();
        return wanted.stream()
                .filter(name -> !there.contains(name))
                .map(name -> workload.title() + " has no container " + name + " but " + there);
    }

    private static Stream<String> notAgain(String id, Fault fault, Manifests known) {
        return fault.kills().stream()
                .flatMap(kills -> known.workloads(fault.selection().selector()::matches).stream()
                        .filter(workload -> kills.deletion().isPresent() ? isAlone(workload) : isNeverStarted(workload))
                        .map(workload -> "@" + fault.name() + "(selector) on " + id + ": " + workload.title()
                                + (kills.deletion().isPresent()
                                        ? " is no object that makes another pod in the place of one that is deleted."
                                                + " Select others, or make it a Deployment"
                                        : " has restartPolicy: Never, so that nothing starts it again once it is killed."
                                                + " Select other pods, or let it restart")));
    }

    /** By what their first containers may use. */
    private static Stream<String> misfits(String id, Fault fault, Manifests known) {
        return known.workloads(fault.selection().selector()::matches).stream()
                .flatMap(workload -> workload.pod().containers().stream()
                        .limit(1)
                        .map(ContainerSpec::limits)
                        .flatMap(
                                limits -> fault.misfit(given(limits.cpuMillis()), given(limits.memoryBytes())).stream())
                        .map(why -> "@" + fault.name() + " on " + id + ": " + workload.title() + ": " + why));
    }

    /** A limit of 0 is none. */
    private static OptionalLong given(OptionalLong limit) {
        return limit.stream().filter(value -> value > 0).findFirst();
    }

    private static boolean isAlone(Workload workload) {
        return workload.kind() == Workload.Kind.POD;
    }

    /** A Job makes another pod. */
    private static boolean isNeverStarted(Workload workload) {
        return workload.pod().restartPolicy() == RestartPolicy.NEVER && workload.kind() != Workload.Kind.JOB;
    }

    private static boolean findsAny(Selector selector, Manifests known) {
        boolean given = selector.labels().keySet().stream()
                .filter(label -> !label.startsWith(GIVEN_BY_PEOPLE))
                .anyMatch(label -> GIVEN.stream().anyMatch(label::contains));
        return given || !known.workloads(selector::matches).isEmpty();
    }

    private static String pods(Manifests known) {
        return known.workloads().stream()
                .map(workload -> workload.title() + " " + Selector.text(workload.labels()))
                .collect(Collectors.joining(", "));
    }
}
