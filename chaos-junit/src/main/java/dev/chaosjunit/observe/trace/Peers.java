// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whom a call goes to. A call that was answered has a span of the service that answered below it; one that never arrived
 * has only an address, which is known from the other calls of the same service to it.
 */
final class Peers {
    private final Map<String, String> services = new HashMap<>();

    Peers(Collection<Trace> traces) {
        for (Trace trace : traces) {
            for (Span span : trace.spans()) {
                String address = address(span);
                if (span.kind().leaves() && !address.isEmpty()) {
                    answering(trace, span).ifPresent(service -> services.put(key(span, address), service));
                }
            }
        }
    }

    /** The service that a call goes to; else its address; "unknown" where it says nothing. */
    String of(Trace trace, Span call) {
        String address = address(call);
        return answering(trace, call)
                .orElseGet(() -> address.isEmpty() ? "unknown" : services.getOrDefault(key(call, address), address));
    }

    private static Optional<String> answering(Trace trace, Span call) {
        return trace.children(call).stream()
                .filter(child -> child.kind().enters())
                .map(Span::service)
                .findFirst();
    }

    private static String key(Span call, String address) {
        return call.service() + " " + address;
    }

    private static String address(Span span) {
        for (String name : new String[] {"server.address", "net.peer.name", "peer.service", "db.system"}) {
            String address = span.attribute(name);
            if (!address.isEmpty()) {
                String port = span.attribute("server.port");
                return name.equals("server.address") && !port.isEmpty() ? address + ":" + port : address;
            }
        }
        return "";
    }
}
