// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Ports of Services as this machine reaches them by port-forward to a relay, one in each namespace that has some. */
final class RelayedPorts implements AutoCloseable {
    private static final long TOLD_MILLIS = 500;

    private final Map<Target, InetSocketAddress> reached = new HashMap<>();
    private final List<RelayCarrier> carriers = new ArrayList<>();

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

    /** Start relays in the targets' namespaces; {@code lost} is told when one is. */
    void start(Collection<Target> targets, Relay.Starter starter, PortForwards forwards, Consumer<String> lost) {
        Map<String, Set<Target>> byNamespace = new LinkedHashMap<>();
        for (Target target : targets) {
            byNamespace
                    .computeIfAbsent(target.namespace(), namespace -> new LinkedHashSet<>())
                    .add(target);
        }
        byNamespace.forEach((namespace, there) -> {
            Relay relay = starter.start(
                    namespace, there.stream().map(Target::toString).toList());
            InetSocketAddress port = forwards.pod(namespace, relay.pod(), relay.uid(), relay.port());
            var unused = relay.lost().thenAccept(lost);
            carry(List.copyOf(there), RelayCarrier.open(port, there.size(), relay.toString(), why -> ended(relay, why)));
        });
    }

    /** If the relay itself has ended, whoever started it is about to tell why. */
    private static void ended(Relay relay, String why) {
        var unused = relay.lost()
                .completeOnTimeout(
                        "the connection through the API server to " + relay + ", by which load goes, ended: " + why,
                        TOLD_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void carry(List<Target> targets, RelayCarrier carrier) {
        carriers.add(carrier);
        for (int i = 0; i < targets.size(); i++) {
            reached.put(targets.get(i), carrier.local(i));
        }
    }

    InetSocketAddress reach(Target target) {
        return Objects.requireNonNull(reached.get(target));
    }

    boolean isEmpty() {
        return carriers.isEmpty();
    }

    @Override
    public void close() {
        carriers.forEach(RelayCarrier::close);
    }
}
