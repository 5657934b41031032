// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Locale;
import java.util.regex.Pattern;

/** The form of the names a DNS fault is confined to (RFC 1035: labels of 1 to 63 octets, 253 in all). */
final class DomainPattern {
    private static final Pattern FORM = Pattern.compile("(\\*\\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
            + "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?");
    private static final int LONGEST = 253;

    private DomainPattern() {}

    static void check(String pattern) {
        if (pattern.isBlank()) {
            throw new IllegalArgumentException("an empty pattern would name nothing: expected a name such as"
                    + " \"auth-service.default.svc.cluster.local\" or \"*.svc.cluster.local\"");
        }
        if (pattern.length() > LONGEST || !FORM.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    "\"" + pattern + "\" is no pattern: expected a domain name, or \"*.\" and"
                            + " a domain name, of at most " + LONGEST + " characters");
        }
    }

    static boolean means(String pattern, String name) {
        return covers(normal(pattern), normal(name));
    }

    /** Whether some name is meant by both. */
    static boolean overlap(String one, String other) {
        String a = normal(one);
        String b = normal(other);
        return covers(a, b) || covers(b, a);
    }

    private static boolean covers(String wide, String narrow) {
        return wide.equals(narrow) || (wide.startsWith("*.") && narrow.endsWith(wide.substring(1)));
    }

    private static String normal(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
