// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A scalar as it is written. Its type is what kubectl takes it for, which reads YAML 1.1: there {@code yes} is a boolean
 * and {@code 0755} is octal.
 *
 * @param plain written without quotes, and not as a block
 */
record Scalar(String text, boolean plain) {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOLEAN = Pattern.compile("y|yes|true|on|n|no|false|off", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRUE = Pattern.compile("y|yes|true|on", Pattern.CASE_INSENSITIVE);
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0o?[0-7]+|0x[0-9a-fA-F]+|0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    boolean isNull() {
        return is(NULL);
    }

    boolean isBoolean() {
        return is(BOOLEAN);
    }

    boolean isTrue() {
        return is(TRUE);
    }

    boolean isNumber() {
        return is(NUMBER) || is(INTEGER);
    }

    boolean isText() {
        return !isNull() && !isBoolean() && !isNumber();
    }

    /** Its value, where it is an integer that fits. */
    Optional<Long> integer() {
        if (!is(INTEGER)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.decode(text.replace("o", "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean is(Pattern pattern) {
        return plain && pattern.matcher(text).matches();
    }

    /** As messages show it. */
    @Override
    public String toString() {
        return isText() ? "\"" + text + "\"" : isNull() ? "null" : text;
    }
}
