// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form of the names a DNS fault is confined to (RFC 1035: labels of 1 to 63 octets, 253 in all): a {@code ?} for any
 * character, and one {@code *} as the whole first label, or at the end.
 */
final class DomainPattern {
    private static final String LABEL = "[A-Za-z0-9_?]([A-Za-z0-9_?-]{0,61}[A-Za-z0-9_?])?";
    private static final String BEGINNING = "([A-Za-z0-9_?][A-Za-z0-9_?-]{0,62})?";
    private static final Pattern FORM =
            Pattern.compile("(\\*\\.)?(" + LABEL + "\\.)*" + LABEL + "\\.?|(" + LABEL + "\\.)*" + BEGINNING + "\\*");
    private static final int LONGEST = 253;

    private DomainPattern() {}

    static void check(String pattern) {
        if (pattern.isBlank()) {
            throw new IllegalArgumentException(
                    "an empty pattern would name nothing: expected a name such as"
                            + " \"auth-service.default.svc.cluster.local\", \"*.svc.cluster.local\", \"auth-*\" or \"aut?.test\"");
        }
        if (pattern.length() > LONGEST || !FORM.matcher(pattern).matches()) {
            throw new IllegalArgumentException("\"" + pattern + "\" is no pattern: expected a domain name, \"*.\" and a"
                    + " domain name, or the beginning of one and \"*\", with \"?\" for any character, of at most "
                    + LONGEST + " characters");
        }
    }

    static boolean means(String pattern, String name) {
        return overlap(pattern, name);
    }

    /** Whether some name is meant by both. */
    static boolean overlap(String one, String other) {
        return overlap(normal(one), 0, normal(other), 0);
    }

    private static boolean overlap(String a, int i, String b, int j) {
        if (i == a.length() && j == b.length()) {
            return true;
        }
        if (i < a.length() && a.charAt(i) == '*') {
            return overlap(a, i + 1, b, j) || (j < b.length() && overlap(a, i, b, j + 1));
        }
        if (j < b.length() && b.charAt(j) == '*') {
            return overlap(b, j, a, i);
        }
        return i < a.length() && j < b.length() && agree(a.charAt(i), b.charAt(j)) && overlap(a, i + 1, b, j + 1);
    }

    private static boolean agree(char one, char other) {
        return one == other || one == '?' || other == '?';
    }

    private static String normal(String pattern) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
