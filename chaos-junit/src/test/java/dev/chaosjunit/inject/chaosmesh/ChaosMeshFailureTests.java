// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Where Chaos Mesh does not inject")
@Timeout(60)
class ChaosMeshFailureTests {
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private static final String NETWORK = "/apis/chaos-mesh.org/v1alpha1/namespaces/shop/networkchaos";

    @AutoClose
    private final MockApi api = new MockApi();

    private final KubernetesClient client = api.client();
    private final ChaosMeshInjector injector = within(Duration.ofSeconds(30));

    @Test
    @DisplayName("in time, what it said of the resource is in the failure, and the resource is taken away")
    void timeOut() {
        api.install();
        ActiveFault fault = attachBy(within(Duration.ofMillis(500)));

        assertThatThrownBy(fault::on)
                .isInstanceOf(InjectionException.class)
                .hasMessageContaining(": NetworkChaos shop/chaos-junit-delay-")
                .hasMessageEndingWith(
                        " did not get onto all pods within 500ms: no conditions, as if no controller of Chaos"
                                + " Mesh ran; no pod is recorded; no events");
        assertThat(resources()).isEmpty();
        assertThat(fault.witnesses())
                .extracting(FaultResult::instance, FaultResult::witness)
                .containsExactly(tuple("no pod", Outcome.INCONCLUSIVE));
    }

    @Test
    @DisplayName("because it is not installed, that is found before anything is made, with what to do")
    void notInstalled() {
        assertRefused("The cluster has no resource networkchaos.chaos-mesh.org/v1alpha1: install Chaos Mesh"
                + " (https://chaos-mesh.org/docs/production-installation-using-helm/);"
                + " chaos.engine=helper does without");
    }

    @Test
    @DisplayName("because we may not use it, verb, resource and namespace are named")
    void notAllowed() {
        api.install();
        var answer = new SelfSubjectAccessReviewBuilder()
                .withNewStatus()
                .withAllowed(false)
                .withReason("no role")
                .endStatus()
                .build();
        api.answerPosts(REVIEWS, 201, answer);

        assertRefused("Kubernetes forbids to create networkchaos.chaos-mesh.org in namespace shop: no role. Where a"
                + " permission is missing, a Role with the verbs create, get and delete grants it;"
                + " chaos.engine=helper does without");
    }

    @Test
    @DisplayName("because Kubernetes refuses the request itself, it is the same message")
    void forbidden() {
        api.install();
        api.answerPosts(
                NETWORK,
                403,
                new StatusBuilder().withCode(403).withMessage("quota").build());

        InjectionException failure = catchThrowableOfType(InjectionException.class, attach()::on);

        assertThat(failure)
                .hasMessageStartingWith("Kubernetes forbids to create networkchaos.chaos-mesh.org in namespace shop: ")
                .hasMessageContaining("quota");
        assertThat(failure.reason()).isEqualTo(Cause.MACHINE);
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    @DisplayName("any more, because somebody deleted the resource, the fault ended before its time")
    void vanished() {
        api.install();
        try (PlayedController controller = new PlayedController(client, "shop", Faults.PODS)) {
            assertThat(controller).isNotNull();
            ActiveFault fault = attach();
            fault.on();
            var deleted = client.genericKubernetesResources(ChaosKind.NETWORK.context())
                    .inNamespace("shop")
                    .delete();
            assertThat(deleted).isNotEmpty();
            while (!resources().isEmpty()) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(fault::off).hasMessageContaining("was deleted by somebody else before its time");
            assertThat(fault.witnesses()).allMatch(pod -> pod.witness() == Outcome.PASSED);
        }
    }

    @Test
    @DisplayName("a second DNS fault on one pod, because it would replace the first")
    void secondDns() {
        api.install();

        assertThatThrownBy(() -> injector.attach(List.of(
                        Faults.on(Faults.dns(DnsAction.SERVFAIL, "b")), Faults.on(Faults.dns(DnsAction.RANDOM, "c")))))
                .isInstanceOf(InjectionException.class)
                .hasMessageStartingWith(
                        "Chaos Mesh has one DNS fault a pod at a time, but these can all be on pod a-0: DNS"
                                + " SERVFAIL for b, ");
    }

    @Test
    @DisplayName("under a run id that is no label, that is refused")
    void run() {
        assertThatThrownBy(() -> new RunPods("a b", List.of("shop"), List::of, Faults::containers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"a b\" is no run id");
    }

    private ChaosMeshInjector within(Duration limit) {
        return new ChaosMeshInjector(client, Faults.RUN, Optional.empty(), limit);
    }

    private ActiveFault attach() {
        return attachBy(injector);
    }

    private static ActiveFault attachBy(ChaosMeshInjector injector) {
        return injector.attach(List.of(Faults.on(Faults.delay()))).get(0);
    }

    private void assertRefused(String message) {
        InjectionException refusal = catchThrowableOfType(InjectionException.class, this::attach);

        assertThat(refusal).hasMessage(message);
        assertThat(refusal.reason()).isEqualTo(Cause.MACHINE);
        assertThat(resources()).isEmpty();
    }

    private List<GenericKubernetesResource> resources() {
        return client.genericKubernetesResources(ChaosKind.NETWORK.context())
                .inNamespace("shop")
                .list()
                .getItems();
    }
}
