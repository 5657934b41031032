// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Ports of Services as this machine reaches them by port-forward to a relay, one in each namespace that has some. */
final class RelayedPorts {
    private final Map<Target, InetSocketAddress> reached = new HashMap<>();

    /**
     * What a relay connects to.
     *
     * @param namespace of the Service, and of the relay
     * @param address a cluster IP; for a headless Service that of its door, behind which are its ready pods, in turn
     */
    record Target(String namespace, String address, int port) {
        @Override
        public String toString() {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        }
    }

    private RelayedPorts() {}

    /** Start the relays. */
    static RelayedPorts start(Collection<Target> targets, Relay.Starter starter, PortForwards forwards) {
        Map<String, Set<Target>> byNamespace = new LinkedHashMap<>();
        for (Target target : targets) {
            byNamespace
                    .computeIfAbsent(target.namespace(), namespace -> new LinkedHashSet<>())
                    .add(target);
        }
        RelayedPorts ports = new RelayedPorts();
        byNamespace.forEach((namespace, there) -> ports.forward(
                List.copyOf(there),
                starter.start(namespace, there.stream().map(Target::toString).toList()),
                forwards));
        return ports;
    }

    private void forward(List<Target> targets, Relay relay, PortForwards forwards) {
        for (int i = 0; i < targets.size(); i++) {
            reached.put(
                    targets.get(i),
                    forwards.pod(
                            relay.namespace(),
                            relay.pod(),
                            relay.uid(),
                            relay.ports().get(i)));
        }
    }

    InetSocketAddress reach(Target target) {
        return Objects.requireNonNull(reached.get(target));
    }
}
