// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.time.Duration;
import java.util.List;

/**
 * Who asks a pod over the network whether it is alive and ready: the kubelet, or what stands for it. Its connections say
 * nothing of those who use the pod.
 *
 * @param from the addresses that it asks from; {@link #GATEWAY} for the pod's default gateway
 * @param probes what it asks
 * @param apart whether load that the test sends comes from other addresses
 */
public record Probing(List<String> from, List<Probe> probes, boolean apart) {

    /** In place of an address: where a bridge joins a node's pods, the kubelet's packets come from the bridge. */
    public static final String GATEWAY = "gateway";

    /** Nobody asks. */
    public static final Probing NONE = new Probing(List.of(), List.of(), true);

    public Probing {
        from = List.copyOf(from);
        probes = List.copyOf(probes);
    }

    /** How many connections to a port can at most be probes in a stretch of time, those among them that it cuts into. */
    public long due(int port, Duration window) {
        return probes.stream()
                .filter(probe -> probe.port() == port)
                .mapToLong(probe -> probe.due(window))
                .sum();
    }

    /**
     * One probe, each time over a connection of its own.
     *
     * @param port of the pod
     * @param period from one to the next, above 0 s
     * @param timeout after which one is given up
     */
    public record Probe(int port, Duration period, Duration timeout) {

        /** One that began up to its timeout before the window may still be under way in it. */
        long due(Duration window) {
            return window.plus(timeout).dividedBy(period) + 1;
        }
    }
}
