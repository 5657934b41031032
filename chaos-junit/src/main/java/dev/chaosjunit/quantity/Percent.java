// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a whole.
 *
 * @param fraction 0 to 1
 */
public record Percent(double fraction) {
    /** Nothing of the whole. */
    public static final Percent NONE = new Percent(0);

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)%");

    public Percent {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException(fraction * 100 + "% is out of range: expected 0% to 100%");
        }
    }

    /**
     * Parse {@code "0.5%"}; the sign is required, so that a fraction is never taken for a percentage.
     *
     * @throws IllegalArgumentException when the text has another form or is above 100%
     */
    public static Percent parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no percentage: expected 0% to 100% with the sign, such as \"0.5%\"");
        }
        return new Percent(new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue());
    }

    /** The same, and without the sign: so do Chaos Mesh and tc write a correlation. */
    public static Percent parseUnsigned(String text) {
        return parse(text.endsWith("%") ? text : text + "%");
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(fraction)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }
}
