// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.LoadOf;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.PartitionAction;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.inject.InjectionException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The spec of a resource")
class SpecsTests {
    private final Specs specs = new Specs(Faults.RUN);

    @Test
    @DisplayName("of a delay has its figures as whole numbers, and a duration that is longer by a minute")
    void delay() {
        assertSpec(specs.chosen(Faults.on(Faults.delay())), """
                mode: all
                selector:
                  namespaces: [shop]
                  labelSelectors: {app: a, dev.chaosjunit/run: run-1}
                action: delay
                direction: to
                delay: {latency: 500ms, jitter: 1500us, correlation: "25.5"}
                duration: 65s
                """);
    }

    @Test
    @DisplayName("of a loss has its share and correlation without the sign")
    void loss() {
        assertSpec(specs.chosen(Faults.on(Faults.loss(Optional.empty()))), """
                mode: all
                selector:
                  namespaces: [shop]
                  labelSelectors: {app: a, dev.chaosjunit/run: run-1}
                action: loss
                direction: to
                loss: {loss: "10", correlation: "25"}
                duration: 61s
                """);
    }

    @Test
    @DisplayName("of a bandwidth has its rate in bytes")
    void bandwidth() {
        assertThat(specs.chosen(Faults.on(Faults.bandwidth())))
                .containsEntry("action", "bandwidth")
                .containsEntry("bandwidth", Map.of("rate", "125000bps", "limit", 65_536L, "buffer", 2_048L));
    }

    @Test
    @DisplayName("of a reordering is a delay that some are spared")
    void reorder() {
        assertThat(specs.chosen(Faults.on(Faults.reorder())))
                .containsEntry("action", "delay")
                .containsEntry(
                        "delay",
                        Map.of(
                                "latency", "20ms",
                                "jitter", "0s",
                                "reorder", Map.of("reorder", "25", "correlation", "50", "gap", 5)));
    }

    @Test
    @DisplayName("of duplicates, damage and a partition has the action that Chaos Mesh has for it")
    void packets() {
        assertThat(specs.chosen(Faults.on(Faults.duplicates())))
                .containsEntry("action", "duplicate")
                .containsEntry("duplicate", Map.of("duplicate", "5", "correlation", "0"));
        assertThat(specs.chosen(Faults.on(Faults.damage(CorruptAction.DETECTED))))
                .containsEntry("action", "corrupt")
                .containsEntry("corrupt", Map.of("corrupt", "5", "correlation", "0"));
        assertThat(specs.chosen(Faults.on(Faults.partition(PartitionAction.DROP))))
                .containsEntry("action", "partition")
                .doesNotContainKey("partition");
    }

    @Test
    @DisplayName("of a deletion of pods has its grace period in seconds, none if none is given")
    void deletion() {
        assertThat(specs.chosen(Faults.on(Faults.kill(Killed.POD, Optional.of(Duration.ofSeconds(30))))))
                .containsEntry("action", "pod-kill")
                .containsEntry("gracePeriod", 30L);
        assertThat(specs.chosen(Faults.on(Faults.kill(Killed.POD, Optional.empty()))))
                .containsEntry("gracePeriod", 0L);
        assertThat(specs.chosen(Faults.on(Faults.down(KillSignal.SIGTERM))))
                .containsEntry("action", "pod-failure")
                .doesNotContainKey("gracePeriod");
    }

    @Test
    @DisplayName("of a kill of containers has their names")
    void containers() {
        assertThat(specs.chosen(Faults.on(Faults.container(KillSignal.SIGKILL, "", false, "side", "main"))))
                .containsEntry("action", "container-kill")
                .containsEntry("containerNames", List.of("side", "main"));
    }

    @Test
    @DisplayName("of a stress has workers and what they take")
    void stress() {
        assertThat(specs.chosen(Faults.on(Faults.cpu(0.5, LoadOf.CPU))))
                .containsEntry("stressors", Map.of("cpu", Map.of("workers", 2, "load", 50L)));
        assertThat(specs.chosen(Faults.on(Faults.memory("256Mi", false))))
                .containsEntry("stressors", Map.of("memory", Map.of("workers", 1, "size", "256MiB")));
    }

    @Test
    @DisplayName("of a delay towards other pods has their labels, and the Services in front of them as addresses")
    void target() {
        Fault fault = Faults.delay(Direction.TO, "app=b", "192.0.2.0/24");

        assertSpec(specs.chosen(Faults.on(fault, "10.42.0.20", "10.43.7.7", "192.0.2.0/24")), """
                mode: all
                selector:
                  namespaces: [shop]
                  labelSelectors: {app: a, dev.chaosjunit/run: run-1}
                action: delay
                direction: to
                delay: {latency: 500ms, jitter: 1500us, correlation: "25.5"}
                target:
                  mode: all
                  selector:
                    namespaces: [shop]
                    labelSelectors: {app: b, dev.chaosjunit/run: run-1}
                externalTargets: [10.43.7.7/32, 192.0.2.0/24]
                duration: 65s
                """);
    }

    @Test
    @DisplayName(
            "of a delay that other pods' packets have on their way has no addresses: there, the pods are the callers")
    void from() {
        Fault fault = Faults.delay(Direction.FROM, "app=b");

        assertThat(specs.chosen(Faults.on(fault, "10.42.0.20", "10.43.7.7")))
                .containsEntry("direction", "from")
                .containsKey("target")
                .doesNotContainKey("externalTargets");
    }

    @Test
    @DisplayName("of a delay both ways goes with pods that no Service is in front of")
    void both() {
        Fault fault = Faults.delay(Direction.BOTH, "app=b");

        assertThat(specs.chosen(Faults.on(fault, "10.42.0.20"))).containsEntry("direction", "both");
    }

    @ParameterizedTest
    @CsvSource({
        "ONE, '', one,",
        "FIXED, 2, fixed, 2",
        "FIXED_PERCENT, 50%, fixed-percent, 50",
        "RANDOM_MAX_PERCENT, 100, random-max-percent, 100"
    })
    @DisplayName("has the annotation's own mode and value: Chaos Mesh chooses the pods")
    void mode(Mode mode, String value, String there, String valueThere) {
        Map<String, Object> spec = specs.chosen(Faults.on(Faults.delay(Faults.pods(mode, value))));

        assertThat(spec).containsEntry("mode", there);
        assertThat(spec.get("value")).isEqualTo(valueThere);
    }

    @ParameterizedTest
    @CsvSource({"SERVFAIL, error", "RANDOM, random"})
    @DisplayName("of a DNS fault has names as Chaos Mesh compares them: in lower case, without the final dot")
    void dns(DnsAction action, String there) {
        assertSpec(
                specs.chosen(Faults.on(Faults.dns(
                        action, "B.default.svc.cluster.local.", "example.com", "Chaos-mesh.*", "github.?om"))),
                """
                mode: all
                selector:
                  namespaces: [shop]
                  labelSelectors: {app: a, dev.chaosjunit/run: run-1}
                action: %s
                patterns: [b.default.svc.cluster.local, example.com, chaos-mesh.*, github.?om]
                duration: 61500ms
                """.formatted(there));
    }

    @Test
    @DisplayName("is about all namespaces of the test, or those of them that the annotation names")
    void namespaces() {
        RunPods two = new RunPods("run-1", List.of("shop", "stock"), () -> Faults.PODS, Faults::containers);

        assertThat(namespaces(two, Set.of())).isEqualTo(List.of("shop", "stock"));
        assertThat(namespaces(two, Set.of("stock"))).isEqualTo(List.of("stock"));
    }

    private static @Nullable Object namespaces(RunPods pods, Set<String> wanted) {
        Selection app = new Selection(Selector.parse("app=a").in(wanted), Mode.ALL, "");
        Map<String, Object> spec = new Specs(pods).chosen(Faults.on(Faults.delay(app)));
        return Map.class.cast(requireNonNull(spec.get("selector"))).get("namespaces");
    }

    @Test
    @DisplayName("is refused for a namespace in which the test has nothing")
    void strangeNamespace() {
        assertThatThrownBy(() -> namespaces(Faults.RUN, Set.of("prod", "shop")))
                .isInstanceOf(InjectionException.class)
                .hasMessage("@NetworkDelay(namespaces): no fault may go to namespace prod, where this test has nothing:"
                        + " its manifests and chaos.namespaces name shop");
    }

    @Test
    @DisplayName("for pods that came in the place of others names those")
    void named() {
        assertThat(specs.named(
                        Faults.on(Faults.pod("a-2", "a", "10.42.0.12"), Faults.delay(Faults.pods(Mode.ONE, "")))))
                .containsEntry("mode", "all")
                .containsEntry("selector", Map.of("pods", Map.of("shop", List.of("a-2"))));
    }

    private static void assertSpec(Map<String, Object> spec, String yaml) {
        assertThat(spec).isEqualTo(Serialization.unmarshal(yaml, Map.class));
    }
}
