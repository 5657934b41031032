// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports, both ends included.
 *
 * @param low 1 to 65535
 * @param high low to 65535
 */
public record PortRange(int low, int high) {
    /** Every port. */
    public static final PortRange ANY = new PortRange(1, 65535);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    public PortRange {
        if (low < 1 || high < low || high > 65535) {
            throw new IllegalArgumentException(low + "-" + high + " is no port range: expected 1 to 65535, low-high");
        }
    }

    /**
     * Parse {@code "8080"} or {@code "8000-8099"}; empty means every port.
     *
     * @throws IllegalArgumentException when the text has another form or is out of range
     */
    public static PortRange parse(String text) {
        if (text.isEmpty()) {
            return ANY;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no port: expected 1 to 65535 or low-high");
        }
        int low = Integer.parseInt(matcher.group(1));
        return new PortRange(low, matcher.group(2) == null ? low : Integer.parseInt(matcher.group(2)));
    }

    /** Whether all ports of another are among these. */
    boolean covers(PortRange other) {
        return low <= other.low && other.high <= high;
    }

    boolean overlaps(PortRange other) {
        return low <= other.high && other.low <= high;
    }

    @Override
    public String toString() {
        return low == high ? Integer.toString(low) : low + "-" + high;
    }
}
