// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.DelayFault;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.DnsFault;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Protocol;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An injection in the words of the helper's protocol. */
final class AttachRequest {
    private AttachRequest() {}

    /** The keeper's control socket, as the node's helper sees it, where there is one. */
    static Request of(String id, Injection injection, Optional<String> keeper) {
        Request request =
                target(Request.of("attach").with("id", id), injection.instance().handle());
        if (injection.fault().endsWithProcess()) {
            return CallRequest.of(request.with("seed", injection.seed()), injection.fault(), keeper);
        }
        Request network = request.with("dev", injection.instance().device()).with("seed", injection.seed());
        return injection.fault() instanceof DnsFault dns
                ? dns(network, dns, injection.named())
                : delay(network, (DelayFault) injection.fault(), injection);
    }

    private static Request target(Request request, Handle handle) {
        return handle instanceof Handle.Container container
                ? request.with("container", container.id())
                : request.with("pid", ((Handle.LocalProcess) handle).pid());
    }

    private static Request dns(Request request, DnsFault fault, NamedServices named) {
        Request dns = request.with("kind", "dns")
                .with("action", fault.action().name().toLowerCase(Locale.ROOT))
                .with("patterns", String.join(",", fault.patterns()));
        if (!fault.types().isEmpty()) {
            dns = dns.with(
                    "qtype", fault.types().stream().map(Enum::name).sorted().collect(Collectors.joining(",")));
        }
        if (!named.addresses().isEmpty()) {
            dns = dns.with("address", String.join(",", named.addresses()));
        }
        if (fault.reconnect()) {
            dns = dns.with("reconnect", 1);
        }
        return fault.ips().isEmpty() ? dns : dns.with("ip", String.join(",", fault.ips()));
    }

    private static Request delay(Request request, DelayFault fault, Injection injection) {
        Request delay = request.with("kind", "delay")
                .with("direction", direction(fault.direction()))
                .with("latency_us", fault.latency().toNanos() / 1000)
                .with("jitter_us", fault.jitter().toNanos() / 1000)
                .with("correlation", fault.correlation().toString().replace("%", ""));
        if (!injection.peers().isEmpty()) {
            delay = delay.with(
                    "peer", injection.peers().stream().map(Cidr::toString).collect(Collectors.joining(",")));
        }
        if (!fault.port().equals(PortRange.ANY)) {
            delay = delay.with("port", fault.port().toString());
        }
        if (fault.protocol() != Protocol.ANY) {
            delay = delay.with("proto", fault.protocol().name().toLowerCase(Locale.ROOT));
        }
        return injection.probing().probes().isEmpty() ? delay : probes(delay, fault, injection.probing());
    }

    private static Request probes(Request delay, DelayFault fault, Probing probing) {
        return delay.with("prober", String.join(",", probing.from()))
                .with(
                        "probed_port",
                        probing.probes().stream()
                                .map(probe -> String.valueOf(probe.port()))
                                .distinct()
                                .collect(Collectors.joining(",")))
                .with("probes", fault.probes().name().toLowerCase(Locale.ROOT));
    }

    private static String direction(Direction direction) {
        return switch (direction) {
            case TO -> "egress";
            case FROM -> "ingress";
            case BOTH -> "both";
        };
    }
}
