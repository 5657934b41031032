// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param bytes 1 to a TiB
 */
public record Size(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(B|[KMG]iB?)");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");
    private static final long MOST = 1L << 40;

    public Size {
        if (bytes < 1 || bytes > MOST) {
            throw new IllegalArgumentException(bytes + " bytes are out of range: expected 1B to 1024GiB");
        }
    }

    /**
     * Parse {@code "64MiB"}, or {@code "64Mi"} as Kubernetes has it.
     *
     * @throws IllegalArgumentException when the text has another form or is out of range
     */
    public static Size parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no size: expected a whole number and one of B, KiB, MiB, GiB, such as \"64MiB\"");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        int power = UNITS.indexOf(unit.endsWith("B") ? unit : unit + "B");
        return new Size(number > MOST >> (10 * power) ? Long.MAX_VALUE : number << (10 * power));
    }

    /** In the largest unit that says it in a whole number: {@code 64MiB}. */
    @Override
    public String toString() {
        int power = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.size() - 1);
        return (bytes >> (10 * power)) + UNITS.get(power);
    }
}
