// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.DnsChaos;
import java.util.Locale;
import java.util.Map;

/** A DNS fault as a DNSChaos. */
final class MeshDnsChaos implements MeshKind<DnsChaos> {

    @Override
    public Class<DnsChaos> record() {
        return DnsChaos.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.DNS;
    }

    @Override
    public String stem() {
        return "dns";
    }

    @Override
    public Map<String, Object> fields(DnsChaos fault) {
        if (!fault.types().isEmpty()) {
            throw Unsupported.element(fault, "types", fault.types(), "DNSChaos answers queries of every type alike");
        }
        if (fault.reconnect()) {
            throw Unsupported.element(fault, "reconnect", true, "DNSChaos leaves connections alone");
        }
        if (fault.probability().fraction() < 1) {
            throw Unsupported.element(fault, "probability", fault.probability(), "DNSChaos answers every query alike");
        }
        return Map.of(
                "action",
                action(fault),
                "patterns",
                fault.meant().patterns().stream()
                        .map(pattern -> pattern(fault, pattern))
                        .toList());
    }

    @Override
    public String caveat(DnsChaos fault) {
        return "; programs notice when they next read /etc/resolv.conf, those in Go within 5 s";
    }

    /** The error that Chaos Mesh's DNS server answers is SERVFAIL and no other. */
    private static String action(DnsChaos fault) {
        return switch (fault.answer().action()) {
            case SERVFAIL -> "error";
            case RANDOM -> "random";
            case NXDOMAIN, REFUSED, NODATA, SPOOF, DROP, TRUNCATE, DELAY ->
                throw Unsupported.element(
                        fault,
                        "action",
                        fault.answer().action(),
                        "DNSChaos answers SERVFAIL (its action error) or addresses at random (its action random)");
        };
    }

    /** Chaos Mesh compares letter by letter, and adds the final dot itself. */
    private static String pattern(DnsChaos fault, String pattern) {
        if (pattern.startsWith("*.")) {
            throw Unsupported.element(
                    fault, "patterns", pattern, "DNSChaos takes * at the end of a pattern only, so name each host");
        }
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
