// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a link carries.
 *
 * @param bits a second: 1000 to 10^11
 */
public record BitRate(long bits) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([kmg]?)(bit|bps)");
    private static final List<String> PREFIXES = List.of("", "k", "m", "g");
    private static final long LEAST = 1000;
    private static final long MOST = 100_000_000_000L;

    public BitRate {
        if (bits < LEAST || bits > MOST) {
            throw new IllegalArgumentException(bits + "bit is out of range: expected 1kbit to 100gbit a second");
        }
    }

    /**
     * Parse {@code "1mbit"}, as tc has it: a million bits a second. {@code bps}, which tc and Chaos Mesh take for bytes, is
     * refused.
     *
     * @throws IllegalArgumentException when the text has another form, or is out of range
     */
    public static BitRate parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no rate of a link: expected a number and one of bit, kbit,"
                            + " mbit, gbit (a second), such as \"1mbit\"");
        }
        BigDecimal bits = new BigDecimal(matcher.group(1)).movePointRight(3 * PREFIXES.indexOf(matcher.group(2)));
        if (matcher.group(3).equals("bps")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has two readings: tc and Chaos Mesh mean bytes by it, \""
                            + written(bits.multiply(BigDecimal.valueOf(8))) + "\", others bits, \"" + written(bits)
                            + "\": expected one of these");
        }
        return new BitRate(bits.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /** As Chaos Mesh has it: bytes a second, less than one cut off. */
    public String bytesPerSecond() {
        return bits / 8 + "bps";
    }

    private static String written(BigDecimal bits) {
        int power = 0;
        BigDecimal number = bits;
        while (power < PREFIXES.size() - 1 && number.compareTo(BigDecimal.valueOf(1000)) >= 0) {
            number = number.movePointLeft(3);
            power++;
        }
        return number.stripTrailingZeros().toPlainString() + PREFIXES.get(power) + "bit";
    }

    /** In the largest unit that leaves at least one: {@code 1.5mbit}. */
    @Override
    public String toString() {
        return written(BigDecimal.valueOf(bits));
    }
}
