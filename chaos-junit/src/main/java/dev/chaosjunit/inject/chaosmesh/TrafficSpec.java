// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.InjectionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The packets that a fault is confined to, in the {@code spec} of a NetworkChaos.
 *
 * @param packets the fault's
 * @param pods of the run, which those of the target are, too
 * @param beyondPods what packets are exchanged with besides the target's pods: Services in front of them, and addresses
 */
record TrafficSpec(Fault fault, Traffic packets, RunPods pods, List<Cidr> beyondPods) {

    Map<String, Object> fields() {
        refuse();
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("direction", packets.direction().name().toLowerCase(Locale.ROOT));
        packets.target().ifPresent(target -> spec.put("target", PodSelector.all(fault, target, pods)));
        // In the other direction it is the target's pods that hold packets, and they know the caller by its own
        // address.
        if (packets.direction() == Direction.TO && !beyondPods.isEmpty()) {
            spec.put("externalTargets", beyondPods.stream().map(Cidr::toString).toList());
        }
        return spec;
    }

    private void refuse() {
        if (!packets.port().equals(PortRange.ANY)) {
            throw cannot(
                    "port",
                    packets.port(),
                    "NetworkChaos holds packets of every port, chosen by their other end's address");
        }
        if (packets.protocol() != Protocol.ANY) {
            throw cannot("protocol", packets.protocol(), "NetworkChaos holds packets of every protocol");
        }
        if (packets.probes() != Probes.HIT) {
            throw cannot("probes", packets.probes(), "NetworkChaos holds the kubelet's packets like all others");
        }
        packets.trace().ifPresent(trace -> {
            throw cannot("trace", trace.hex(), "NetworkChaos looks into no packet");
        });
        if (packets.direction() == Direction.TO) {
            beyondPods.forEach(this::refuseAddress);
        } else {
            refuseBackwards();
        }
    }

    /** What a pod receives is not held there, but where its peers, which are pods, send it. */
    private void refuseBackwards() {
        if (!packets.externalTargets().isEmpty()) {
            throw cannot(
                    "externalTargets",
                    join(packets.externalTargets()),
                    "NetworkChaos takes addresses with direction TO only, not with " + packets.direction());
        }
        if (packets.target().isEmpty()) {
            throw cannot(
                    "direction",
                    packets.direction(),
                    "without target, NetworkChaos knows direction TO only, since it holds packets where pods send them");
        }
        if (packets.direction() == Direction.BOTH && !beyondPods.isEmpty()) {
            throw cannot(
                    "direction",
                    packets.direction(),
                    "calls go to the target's Services at " + join(beyondPods)
                            + ", and NetworkChaos takes such addresses"
                            + " with direction TO only; one @" + fault.name()
                            + " with TO and another with FROM do both");
        }
    }

    private void refuseAddress(Cidr peer) {
        String element = packets.externalTargets().contains(peer) ? "externalTargets" : "target";
        if (peer.address().contains(":")) {
            throw cannot(element, peer, "NetworkChaos knows IPv4 addresses only");
        }
        if (peer.prefix() == 0) {
            throw cannot(
                    element, peer, "NetworkChaos takes prefixes of 1 to 32; every peer is meant where none is given");
        }
    }

    private InjectionException cannot(String element, Object value, String offer) {
        return Unsupported.element(fault, element, value, offer);
    }

    private static String join(List<Cidr> addresses) {
        return addresses.stream().map(Cidr::toString).collect(Collectors.joining(", "));
    }
}
