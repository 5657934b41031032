// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something is sent.
 *
 * @param perSecond above 0, at most 20000
 */
public record Rate(double perSecond) {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)/(s|m)");
    private static final double MOST = 20_000;

    public Rate {
        if (!(perSecond > 0 && perSecond <= MOST)) {
            throw new IllegalArgumentException(perSecond + "/s is out of range: expected above 0/s, at most 20000/s");
        }
    }

    /**
     * Parse {@code "200/s"} or {@code "30/m"}.
     *
     * @throws IllegalArgumentException when the text has another form or is out of range
     */
    public static Rate parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no rate: expected a number above 0 per second or"
                    + " minute, such as \"200/s\" or \"30/m\"");
        }
        double number = Double.parseDouble(matcher.group(1));
        return new Rate(matcher.group(2).equals("m") ? number / 60 : number);
    }
}
