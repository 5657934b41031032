// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One nftables transaction that makes cluster IPs lead to pods; connections are dealt out in turn. */
final class ServiceRules {

    private final List<String> lines =
            new ArrayList<>(List.of("flush chain ip chaos services", "flush chain ip chaos hairpin"));

    /**
     * Lead a port of a cluster IP to targets.
     *
     * @param targets {@code address . port} of each; with none, connections go on being refused
     */
    ServiceRules forward(String clusterIp, Protocol protocol, int port, List<String> targets) {
        if (!targets.isEmpty()) {
            String choices = IntStream.range(0, targets.size())
                    .mapToObj(i -> i + " : " + targets.get(i))
                    .collect(Collectors.joining(", "));
            String spoken = protocol.name().toLowerCase(Locale.ROOT);
            lines.add("add rule ip chaos services ip daddr %s %s dport %d ".formatted(clusterIp, spoken, port)
                    + "dnat ip addr . port to numgen inc mod %d map { %s }".formatted(targets.size(), choices));
        }
        return this;
    }

    /** Let these pods reach themselves through a Service, as if the node had asked. */
    ServiceRules hairpin(List<String> pods, String gateway) {
        if (!pods.isEmpty()) {
            String pairs = pods.stream().map(pod -> pod + " . " + pod).collect(Collectors.joining(", "));
            lines.add("add rule ip chaos hairpin ip saddr . ip daddr { %s } snat to %s".formatted(pairs, gateway));
        }
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
