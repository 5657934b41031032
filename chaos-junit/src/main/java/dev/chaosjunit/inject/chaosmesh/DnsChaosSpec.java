// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.DnsChaos;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A DNS fault as the {@code spec} of a DNSChaos, but for the pods it is done to. */
record DnsChaosSpec(DnsChaos fault) {

    Map<String, Object> fields() {
        if (!fault.types().isEmpty()) {
            throw Unsupported.element(
                    ChaosKind.DNS, "types", fault.types(), "DNSChaos answers queries of every type alike");
        }
        if (fault.reconnect()) {
            throw Unsupported.element(ChaosKind.DNS, "reconnect", true, "DNSChaos leaves connections alone");
        }
        Unsupported.refuseMinTouched(ChaosKind.DNS, fault);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("action", action());
        spec.put(
                "patterns",
                fault.meant().patterns().stream().map(DnsChaosSpec::pattern).toList());
        return spec;
    }

    /** The error that Chaos Mesh's DNS server answers is SERVFAIL and no other. */
    private String action() {
        return switch (fault.action()) {
            case SERVFAIL -> "error";
            case RANDOM -> "random";
            case NXDOMAIN, REFUSED, SPOOF, DROP ->
                throw Unsupported.element(
                        ChaosKind.DNS,
                        "action",
                        fault.action(),
                        "DNSChaos answers SERVFAIL (its action error) or addresses at random (its action random)");
        };
    }

    /** Chaos Mesh compares letter by letter, and adds the final dot itself. */
    private static String pattern(String pattern) {
        if (pattern.contains("*")) {
            throw Unsupported.element(
                    ChaosKind.DNS,
                    "patterns",
                    pattern,
                    "DNSChaos takes * at the end of a pattern only, so name each host");
        }
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
