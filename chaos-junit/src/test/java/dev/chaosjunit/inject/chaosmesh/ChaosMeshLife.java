// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of faults on some API server, where a controller is played. */
@Timeout(60)
public abstract class ChaosMeshLife {
    private static final Instance LATER = Faults.pod("a-2", "a", "10.42.0.12");
    private static final List<Instance> PODS =
            Stream.concat(Faults.PODS.stream(), Stream.of(LATER)).toList();

    private PlayedController controller;
    private ChaosMeshInjector injector;
    private @Nullable OwnerReference owner;

    /** A client of the API server. */
    protected abstract KubernetesClient client();

    /** A namespace of it for this test. */
    protected abstract String namespace();

    @BeforeEach
    void begin() {
        List<Instance> all =
                Stream.concat(Stream.of(Faults.STRANGER), PODS.stream()).toList();
        controller = new PlayedController(client(), namespace(), all);
        injector = new ChaosMeshInjector(client(), Faults.run(namespace(), PODS), Optional.of(owner()));
    }

    @AfterEach
    void end() {
        injector.close();
        controller.close();
    }

    @Test
    @DisplayName("a fault is one resource while it is on, whatever the number of pods, and none before and after")
    void oneResource() {
        ActiveFault fault = attach(Faults.delay());
        assertThat(resources(ChaosKind.NETWORK)).isEmpty();

        fault.on();
        assertThat(resources(ChaosKind.NETWORK)).singleElement().satisfies(resource -> {
            assertThat(resource.getMetadata().getName()).matches("chaos-junit-delay-[0-9a-f]{8}-1");
            assertThat(resource.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/managed-by", "chaos-junit")
                    .containsEntry("dev.chaosjunit/run", "run-1");
            assertThat(resource.getMetadata().getOwnerReferences()).containsExactly(owner());
        });

        fault.off();
        assertThat(resources(ChaosKind.NETWORK)).isEmpty();
        fault.off();
        fault.close();
    }

    @Test
    @DisplayName("its pods are those that Chaos Mesh chose, and each has a witness without numbers, also afterwards")
    void witnesses() {
        ActiveFault fault = attach(Faults.delay(Faults.pods(Mode.ONE, "")));
        fault.on();
        assertThat(fault.instances()).containsExactly(Faults.A0);
        assertWitness(fault, "NetworkChaos of Chaos Mesh");

        fault.off();
        assertWitness(fault, "NetworkChaos of Chaos Mesh");
    }

    @Test
    @DisplayName("a DNS fault is recorded by container, and its pod is found all the same")
    void dns() {
        ActiveFault fault = attach(Faults.dns(DnsAction.SERVFAIL, "b.default.svc.cluster.local"));
        fault.on();

        assertThat(fault.instances()).containsExactly(Faults.A0, Faults.A1, LATER);
        assertThat(fault.witnesses()).hasSize(3).allMatch(pod -> pod.witness() == Outcome.PASSED);
        assertThat(resources(ChaosKind.DNS)).hasSize(1);
    }

    @Test
    @DisplayName("a kill is of the containers that are named, of all that are kept down, and of none by another fault")
    void kills() {
        ActiveFault named = attach(Faults.container(KillSignal.SIGKILL, "", false, "side"));
        named.on();
        assertThat(named.killed()).contains(Faults.side(Faults.A0)).doesNotContain(Faults.A0.handle());

        ActiveFault down = attach(Faults.down(KillSignal.SIGTERM));
        down.on();
        assertThat(down.killed()).contains(Faults.side(Faults.A0), Faults.A0.handle());

        ActiveFault delay = attach(Faults.delay());
        delay.on();
        assertThat(delay.killed()).isEmpty();
    }

    @Test
    @DisplayName("a fault can be on again, as another resource")
    void again() {
        ActiveFault fault = attach(Faults.delay());
        fault.on();
        fault.off();
        fault.on();

        assertThat(resources(ChaosKind.NETWORK))
                .singleElement()
                .satisfies(
                        resource -> assertThat(resource.getMetadata().getName()).endsWith("-2"));
    }

    @Test
    @DisplayName("a pod that comes while its fault is on gets a resource that names it")
    void joins() {
        Fault fault = Faults.delay(Faults.pods(Mode.ONE, ""));
        ActiveFault active = attach(fault);
        assertThat(active.join(Faults.on(LATER, fault))).isFalse();
        active.on();

        assertThat(active.join(Faults.on(LATER, fault))).isTrue();
        assertThat(active.instances()).containsExactly(Faults.A0, LATER);
        assertThat(resources(ChaosKind.NETWORK)).hasSize(2);
        active.off();
        assertThat(resources(ChaosKind.NETWORK)).isEmpty();
    }

    @Test
    @DisplayName("closing the injector lifts what is on")
    void close() {
        attach(Faults.delay()).on();
        attach(Faults.dns(DnsAction.RANDOM, "b")).on();
        injector.close();

        assertThat(resources(ChaosKind.NETWORK)).isEmpty();
        assertThat(resources(ChaosKind.DNS)).isEmpty();
    }

    static Stream<Injection> expressible() {
        return Stream.of(
                Faults.on(Faults.delay()),
                Faults.on(Faults.delay(Faults.pods(Mode.ONE, ""))),
                Faults.on(Faults.delay(Faults.pods(Mode.FIXED, "2"))),
                Faults.on(Faults.delay(Faults.pods(Mode.FIXED_PERCENT, "50%"))),
                Faults.on(Faults.delay(Faults.pods(Mode.RANDOM_MAX_PERCENT, "100"))),
                Faults.on(
                        Faults.delay(Direction.TO, "app=b", "192.0.2.0/24"), "10.42.0.20", "10.43.7.7", "192.0.2.0/24"),
                Faults.on(Faults.delay(Direction.FROM, "app=b"), "10.42.0.20"),
                Faults.on(Faults.delay(Direction.BOTH, "app=b"), "10.42.0.20"),
                Faults.on(Faults.dns(DnsAction.SERVFAIL, "b.default.svc.cluster.local", "example.com")),
                Faults.on(Faults.dns(DnsAction.RANDOM, "b")));
    }

    @ParameterizedTest
    @MethodSource("expressible")
    @DisplayName("the server takes every field that is sent, and drops none")
    void schema(Injection injection) {
        injector.attach(List.of(injection)).get(0).on();

        assertThat(resources(MeshFault.of(injection.fault()).kind().resource()))
                .singleElement()
                .satisfies(resource -> assertThat(resource.<Map<String, Object>>get("spec"))
                        .isEqualTo(new Specs(Faults.run(namespace(), PODS)).chosen(injection)));
    }

    /** With which the resources go. */
    private OwnerReference owner() {
        if (owner == null) {
            ConfigMap made = client().resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withGenerateName("run-")
                            .withNamespace(namespace())
                            .endMetadata()
                            .build())
                    .create();
            owner = new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("ConfigMap")
                    .withName(made.getMetadata().getName())
                    .withUid(made.getMetadata().getUid())
                    .build();
        }
        return owner;
    }

    private ActiveFault attach(Fault fault) {
        return injector.attach(List.of(Faults.on(fault))).get(0);
    }

    private List<GenericKubernetesResource> resources(ChaosKind kind) {
        return client().genericKubernetesResources(kind.context())
                .inNamespace(namespace())
                .list()
                .getItems();
    }

    private static void assertWitness(ActiveFault fault, String mechanism) {
        assertThat(fault.witnesses()).singleElement().satisfies(pod -> {
            assertThat(pod.instance()).isEqualTo("a-0");
            assertThat(pod.mechanism()).isEqualTo(mechanism);
            assertThat(pod.counters()).isNull();
            assertThat(pod.detail())
                    .isEqualTo(
                            "Chaos Mesh: injected 1 of 1; packets were not counted; jitter may have put them out of order");
            assertThat(pod).extracting(FaultResult::witness).isEqualTo(Outcome.PASSED);
        });
    }
}
