// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Names;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Targets")
class TargetsTests {
    private final Cluster cluster = new FixedCluster(
            List.of(
                    pod("order-0", "order", "198.18.0.10"),
                    pod("order-1", "order", "198.18.0.11"),
                    pod("pay-0", "pay", "198.18.0.12")),
            List.of(new ServiceEndpoint(
                    "pay", List.of("198.18.0.130"), Map.of("grpc", 9090), Map.of("app", "pay"), Map.of())));

    @Test
    @DisplayName("are the pods that the selector finds")
    void selected() {
        assertThat(Targets.choose(List.of(delay("app=order", Mode.ALL, Optional.empty())), cluster, new Random(1)))
                .flatExtracting(Injection::instances)
                .extracting(Instance::name)
                .containsExactly("order-0", "order-1");
        assertThat(Targets.choose(List.of(delay("app=order", Mode.ONE, Optional.empty())), cluster, new Random(1)))
                .flatExtracting(Injection::targets)
                .hasSize(1);
    }

    @Test
    @DisplayName("cannot be none: the message lists the pods there are")
    void unknownSelector() {
        assertThatThrownBy(() ->
                        Targets.choose(List.of(delay("app=typo", Mode.ALL, Optional.empty())), cluster, new Random(1)))
                .isInstanceOf(InjectionException.class)
                .hasMessageContaining("no pod has the labels app=typo")
                .hasMessageContaining("order-0 app=order, order-1 app=order, pay-0 app=pay");
    }

    @Test
    @DisplayName("are told the addresses of the target's pods and of the Services in front of them")
    void peers() {
        Fault fault = delay("app=order", Mode.ALL, Optional.of(Selector.parse("app=pay")));
        assertThat(Targets.choose(List.of(fault), cluster, new Random(1)))
                .first()
                .extracting(Injection::peers)
                .isEqualTo(List.of(Cidr.parse("198.18.0.12"), Cidr.parse("198.18.0.130")));
    }

    @Test
    @DisplayName("are told the addresses of the Services that a DNS fault's patterns mean, and the names of the others")
    void named() {
        ServiceEndpoint headless = new ServiceEndpoint(
                "orders", "default", List.of(), Map.of("http", 80), Map.of("app", "order"), Map.of());
        ServiceEndpoint elsewhere = new ServiceEndpoint(
                "pay", "team", List.of("198.18.0.131"), Map.of("grpc", 9090), Map.of("app", "pay"), Map.of());
        List<ServiceEndpoint> services = List.of(cluster.services().get(0), headless, elsewhere);

        assertThat(NamedServices.of(names("*.default.svc.cluster.local"), services, cluster.instances()))
                .isEqualTo(new NamedServices(
                        List.of("198.18.0.130", "198.18.0.10", "198.18.0.11"), List.of("pay.team.svc.cluster.local")));
        assertThat(NamedServices.of(names("Pay.team.svc.cluster.local."), services, cluster.instances()))
                .isEqualTo(new NamedServices(
                        List.of("198.18.0.131"),
                        List.of("pay.default.svc.cluster.local", "orders.default.svc.cluster.local")));
    }

    private static Names names(String pattern) {
        return new Names(List.of(pattern), Escape.INCONCLUSIVE);
    }

    @Test
    @DisplayName("are not told the address of a Service of another namespace that has the same labels in its selector")
    void otherNamespace() {
        ServiceEndpoint elsewhere = new ServiceEndpoint(
                "pay", "team", List.of("198.18.0.131"), Map.of("grpc", 9090), Map.of("app", "pay"), Map.of());
        Cluster both =
                new FixedCluster(cluster.instances(), List.of(cluster.services().get(0), elsewhere));
        Fault fault = delay("app=order", Mode.ALL, Optional.of(Selector.parse("app=pay")));

        assertThat(Targets.choose(List.of(fault), both, new Random(1)))
                .first()
                .extracting(Injection::peers)
                .isEqualTo(List.of(Cidr.parse("198.18.0.12"), Cidr.parse("198.18.0.130")));
    }

    @Test
    @DisplayName("cannot have two faults that meet the same packets; elsewhere they may")
    void conflicts() {
        Fault all = delay("app=order", Mode.ALL, Optional.empty());
        Fault toPay = delay("app=order", Mode.ALL, Optional.of(Selector.parse("app=pay")));
        Fault toOrder = delay("app=order", Mode.ALL, Optional.of(Selector.parse("app=order")));
        assertThatThrownBy(() -> Targets.choose(List.of(all, toPay), cluster, new Random(1)))
                .hasMessageContaining("Two faults on pod order-0 cannot combine");
        assertThat(Targets.choose(List.of(toOrder, toPay), cluster, new Random(1)))
                .flatExtracting(Injection::targets)
                .hasSize(4);
        Fault elsewhere = delay("app=pay", Mode.ALL, Optional.empty());
        assertThat(Targets.choose(List.of(all, elsewhere), cluster, new Random(1)))
                .flatExtracting(Injection::targets)
                .hasSize(3);
    }

    @Test
    @DisplayName("are told of the pods' probes where the fault can meet them")
    void probes() {
        Cluster probed = probed(true);
        assertThat(Targets.choose(List.of(delay("app=order", Mode.ALL, Optional.empty())), probed, new Random(1)))
                .first()
                .extracting(injection -> injection.targets().get(0).probing())
                .isEqualTo(probed.probing(pod("order-0", "order", "198.18.0.10")));
        Fault confined = delay("app=order", Mode.ALL, Optional.of(Selector.parse("app=order")));
        assertThat(Targets.choose(List.of(confined), probed, new Random(1)))
                .first()
                .extracting(injection -> injection.targets().get(0).probing())
                .isEqualTo(Probing.NONE);
    }

    @Test
    @DisplayName("whose probes are to be spared are refused where load comes from the same address")
    void probesThatCannotBeSpared() {
        Fault sparing = delay("app=order", Mode.ALL, Optional.empty(), Probes.SPARE);

        assertThat(Targets.choose(List.of(sparing), probed(true), new Random(1)))
                .flatExtracting(Injection::targets)
                .hasSize(2);
        assertThatThrownBy(() -> Targets.choose(List.of(sparing), probed(false), new Random(1)))
                .isInstanceOf(InjectionException.class)
                .hasMessageContaining("pod order-0: @NetworkDelay(probes = SPARE) cannot be done here")
                .hasMessageContaining("Use probes = HIT");
    }

    private Cluster probed(boolean apart) {
        Duration second = Duration.ofSeconds(1);
        return new FixedCluster(
                cluster.instances(),
                cluster.services(),
                new Probing(List.of(Probing.GATEWAY), List.of(new Probing.Probe(8080, second, second)), apart));
    }

    private static Instance pod(String name, String app, String address) {
        return new Instance(name, name, app, Map.of("app", app), address, new Handle.LocalProcess(1), "eth0", Map.of());
    }

    private static Fault delay(String selector, Mode mode, Optional<Selector> target) {
        return delay(selector, mode, target, Probes.HIT);
    }

    private static Fault delay(String selector, Mode mode, Optional<Selector> target, Probes probes) {
        return new NetworkDelay(
                new Selection(Selector.parse(selector), mode, ""),
                Duration.ofSeconds(1),
                new Latency(Duration.ofMillis(100)),
                new Percent(0),
                new Traffic(Direction.TO, target, List.of(), PortRange.ANY, Protocol.ANY, probes));
    }
}
