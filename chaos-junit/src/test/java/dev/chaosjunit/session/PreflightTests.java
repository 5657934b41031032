// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Limits;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.PodSpec;
import dev.chaosjunit.cluster.manifest.PodSpec.RestartPolicy;
import dev.chaosjunit.cluster.manifest.Probes;
import dev.chaosjunit.cluster.manifest.Security;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.Workload.Kind;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.fault.CpuStress;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.LoadOf;
import dev.chaosjunit.fault.MemoryStress;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.StressSize;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.LeftOut;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Manifests")
class PreflightTests {
    private static final Settings SETTINGS = new Settings(name -> Optional.empty());
    private final AtomicInteger readings = new AtomicInteger();

    @Test
    @DisplayName("are read once, for all that looks at them before services run, while they do, and in nested classes")
    void once() {
        Preflight preflight = Preflight.of(Plans.on(ClusterRuntime.LOCAL), this::read);
        preflight.check(SETTINGS);
        assertThat(preflight.manifests()).isSameAs(preflight.manifests());
        Cluster cluster = new FixedCluster(List.of(), List.of());
        try (Session session = new Session(preflight, cluster, new HelperInjector(cluster, node -> new FakeHelper()))) {
            session.preflight().check(SETTINGS);
            assertThat(session.preflight().manifests()).isSameAs(preflight.manifests());
        }

        assertThat(readings).hasValue(1);
    }

    @Test
    @DisplayName(
            "that cannot be read are refused where this machine is to run them, and are another's business elsewhere")
    void unreadable() {
        Preflight local = Preflight.of(Plans.on(ClusterRuntime.LOCAL), this::refuse);
        assertThatThrownBy(() -> local.check(SETTINGS))
                .isInstanceOf(ClusterException.class)
                .hasMessage("unread");
        assertThatThrownBy(local::manifests).hasMessage("unread");

        Preflight.of(Plans.on(ClusterRuntime.K3S), this::refuse).check(SETTINGS);
        assertThat(readings).hasValue(2);
    }

    @Test
    @DisplayName("whose pods are never started again are not for killing, but those of a Job are")
    void never() {
        Fault kill = new PodKill(
                new Selection(Selector.parse("app=a"), Mode.ALL, ""),
                Duration.ofSeconds(1),
                KillSignal.SIGKILL,
                Optional.empty());

        assertThat(mistakes(
                        kill,
                        pods(Kind.POD, RestartPolicy.NEVER),
                        pods(Kind.DEPLOYMENT, RestartPolicy.ALWAYS),
                        pods(Kind.JOB, RestartPolicy.NEVER)))
                .containsExactly(
                        "@PodKill(selector) on t: Pod/a has restartPolicy: Never, so that nothing starts it again"
                                + " once it is killed. Select other pods, or let it restart");
    }

    @Test
    @DisplayName("whose pods no other comes in the place of are not for deletion")
    void alone() {
        Fault kill = new PodKill(
                new Selection(Selector.parse("app=a"), Mode.ALL, ""),
                Duration.ofSeconds(1),
                Killed.POD,
                KillSignal.SIGKILL,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of());

        assertThat(mistakes(kill, pods(Kind.POD, RestartPolicy.ALWAYS), pods(Kind.DEPLOYMENT, RestartPolicy.ALWAYS)))
                .containsExactly(
                        "@PodKill(selector) on t: Pod/a is no object that makes another pod in the place of one that"
                                + " is deleted. Select others, or make it a Deployment");
    }

    @Test
    @DisplayName("whose pods lack a container that is named are not for killing that")
    void container() {
        Fault kill = new PodKill(
                new Selection(Selector.parse("app=a"), Mode.ALL, ""),
                Duration.ofSeconds(1),
                Killed.CONTAINER,
                KillSignal.SIGKILL,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of("a", "side"));

        assertThat(mistakes(kill, limited(OptionalLong.empty(), OptionalLong.empty())))
                .containsExactly("@PodKill(containerNames) on t: Deployment/a has no container side but [a]");
    }

    @ParameterizedTest
    @CsvSource({
        "app=b, true",
        "app.kubernetes.io/name=b, true",
        "pod-template-hash=5d, false",
        "statefulset.kubernetes.io/pod-name=a-0, false",
        "apps.kubernetes.io/pod-index=0, false"
    })
    @DisplayName("have no pod that a selector means, unless that is by a label which only the cluster gives")
    void noPods(String selector, boolean mistaken) {
        Selection selection = new Selection(Selector.parse(selector), Mode.ALL, "");
        Fault kill = new PodKill(selection, Duration.ofSeconds(1), KillSignal.SIGKILL, Optional.empty());
        List<String> mistakes = mistakes(kill, pods(Kind.DEPLOYMENT, RestartPolicy.ALWAYS));

        if (mistaken) {
            assertThat(mistakes)
                    .containsExactly("@PodKill(selector) on t: no pod of the manifests has the labels " + selector
                            + "; there are Deployment/a app=a");
        } else {
            assertThat(mistakes).isEmpty();
        }
    }

    @Test
    @DisplayName("whose containers may not use so much are not for such a stress")
    void limits() {
        Selection all = new Selection(Selector.parse("app=a"), Mode.ALL, "");
        Fault memory = new MemoryStress(all, Duration.ofSeconds(1), StressSize.parse("64Mi"), false);
        Fault share = new MemoryStress(all, Duration.ofSeconds(1), StressSize.parse("80%"), false);
        Fault cpu = new CpuStress(all, Duration.ofSeconds(1), 1, new Percent(1), LoadOf.LIMIT);

        assertThat(mistakes(memory, limited(OptionalLong.empty(), OptionalLong.of(64 << 20))))
                .containsExactly(
                        "@MemoryStress on t: Deployment/a: size = 64MiB is not below resources.limits.memory of its first"
                                + " container, 64.0 MiB, so that it ends in an OOM kill. Take less, or let it be killed by"
                                + " oom = true");
        assertThat(mistakes(memory, limited(OptionalLong.empty(), OptionalLong.of(65 << 20))))
                .isEmpty();
        assertThat(mistakes(memory, limited(OptionalLong.empty(), OptionalLong.of(0))))
                .isEmpty();
        assertThat(mistakes(share, limited(OptionalLong.empty(), OptionalLong.of(0))))
                .singleElement()
                .asString()
                .startsWith("@MemoryStress on t: Deployment/a: size = 80% of the limit is a share of");
        assertThat(mistakes(cpu, limited(OptionalLong.of(1500), OptionalLong.empty())))
                .containsExactly("@CpuStress on t: Deployment/a: load = 100% of resources.limits.cpu, 1500m, needs"
                        + " workers = 2 or more, but they are 1");
    }

    private static Workload limited(OptionalLong cpuMillis, OptionalLong memoryBytes) {
        ContainerSpec container = new ContainerSpec(
                "a",
                "a",
                List.of(),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Probes.NONE,
                Security.DEFAULT,
                new Limits(cpuMillis, memoryBytes));
        return pods(Kind.DEPLOYMENT, RestartPolicy.ALWAYS, container);
    }

    private static List<String> mistakes(Fault fault, Workload... workloads) {
        Experiment experiment = new Experiment(
                "t", "t", List.of(fault), List.of(), List.of(), Optional.empty(), WindowLengths.SHORTEST, 1);
        Manifests manifests = new Manifests(List.of(workloads), List.of(), LeftOut.NOTHING);
        return Preflight.of(Plans.on(ClusterRuntime.LOCAL), () -> manifests).mistakes(experiment, SETTINGS);
    }

    private static Workload pods(Kind kind, RestartPolicy policy, ContainerSpec... containers) {
        PodSpec pod = new PodSpec(
                List.of(), List.of(containers), List.of(), policy, Duration.ZERO, Optional.empty(), "", "", true);
        return new Workload(kind, "default", "a", 1, Map.of("app", "a"), false, "", pod);
    }

    @Test
    @DisplayName("are read by nobody else")
    void nowhereElse() {
        JavaClasses main = new ClassFileImporter()
                .importUrl(Preflight.class.getProtectionDomain().getCodeSource().getLocation());

        assertThat(main.get(ManifestReader.class).getMethodCallsToSelf())
                .filteredOn(call -> !call.getOriginOwner().isEquivalentTo(ManifestReader.class))
                .extracting(call -> call.getOriginOwner().getSimpleName())
                .containsExactly("Preflight");
    }

    private Manifests read() {
        readings.incrementAndGet();
        return new Manifests(List.of(), List.of(), LeftOut.NOTHING);
    }

    private Manifests refuse() {
        readings.incrementAndGet();
        throw new ClusterException("unread");
    }
}
