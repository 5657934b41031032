// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Probes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a fault on packets met, or left alone, that may have been probes of the pod's health. They would come without any
 * load: a fault that met no more connections from the probers' addresses than there were probes due has hit nobody.
 *
 * @param spared whether it left them alone
 * @param others packets held of whoever cannot be a prober
 * @param connections from a prober's address to a probed port, by both
 * @param window how long the fault was on
 */
record ProbesMet(boolean spared, long others, Map<Way, Long> connections, Probing probing, Duration window) {

    /** Where from, and to which port of the pod. */
    record Way(String from, int port) {}

    /** As the helper counted. */
    static ProbesMet of(Fault fault, Probing probing, Reply stats, Duration window) {
        boolean spared = fault.traffic()
                .filter(packets -> packets.probes() == Probes.SPARE)
                .isPresent();
        long hit = stats.number("hit");
        if (!stats.has("probe_packets")) {
            return new ProbesMet(spared, hit, Map.of(), probing, window);
        }
        Map<Way, Long> connections = new LinkedHashMap<>();
        stats.counts("probe_connections").forEach((endpoint, count) -> connections.put(way(endpoint), count));
        long others = spared ? hit : hit - stats.number("probe_packets");
        return new ProbesMet(spared, others, connections, probing, window);
    }

    /** {@code 10.42.0.1:8080/tcp}, {@code [fd00::1]:8080/tcp}. */
    private static Way way(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        String port = endpoint.substring(colon + 1, endpoint.lastIndexOf('/'));
        return new Way(endpoint.substring(0, colon), Integer.parseInt(port));
    }

    /** Whether somebody was hit who uses the pod. */
    boolean metUser() {
        boolean beyondDue = byPort().entrySet().stream().anyMatch(port -> port.getValue() > due(port.getKey()));
        return others > 0 || (!spared && beyondDue);
    }

    /** Whose connections these may be, in words; empty where there are none. */
    String describe() {
        String ways = connections.entrySet().stream()
                .map(way -> way.getValue() + (way.getValue() == 1 ? " connection from " : " connections from ")
                        + way.getKey().from() + " to port " + way.getKey().port())
                .collect(Collectors.joining(", "));
        if (ways.isEmpty()) {
            return "";
        }
        long due = byPort().keySet().stream().mapToLong(this::due).sum();
        String met = spared ? "left probes alone" : metUser() ? "hit probes, too" : "hit probes only";
        return met + ": " + ways + ", at most " + due + " probes due";
    }

    private Map<Integer, Long> byPort() {
        return connections.entrySet().stream()
                .collect(Collectors.toMap(way -> way.getKey().port(), Map.Entry::getValue, Long::sum));
    }

    private long due(int port) {
        return probing.due(port, window);
    }
}
