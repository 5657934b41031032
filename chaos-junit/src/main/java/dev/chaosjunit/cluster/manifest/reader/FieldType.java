// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The type of a scalar in a list of fields: {@code text}, {@code hidden} (text that
 * no message shows), {@code text:TCP,UDP}, {@code integer:1..65535}, {@code boolean},
 * {@code false} (no other value), {@code port} (a number or a name), {@code portname}, {@code labelvalue},
 * {@code quantity}, {@code mode}, {@code label} and
 * {@code name} (what DNS takes).
 *
 * @param word as the list has it
 * @param limits after the colon; empty for none
 */
record FieldType(String word, String limits) {
    private static final String NO_EFFECT = "*";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern PORT = Pattern.compile("(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");
    private static final long HIGHEST_PORT = 65535;

    static FieldType of(String type) {
        int colon = type.indexOf(':');
        return colon < 0 ? new FieldType(type, "") : new FieldType(type.substring(0, colon), type.substring(colon + 1));
    }

    /** What it must be, in words, when it is not; empty when it is. */
    Optional<String> complaint(Scalar scalar) {
        if (good(scalar)) {
            return Optional.empty();
        }
        if (word.equals("hidden")) {
            return Optional.of("must be text; put it in quotes");
        }
        boolean quotes = word.equals("text") && limits.isEmpty();
        return Optional.of("must be " + wanted() + ", not " + scalar + (quotes ? "; put it in quotes" : ""));
    }

    /** Whether a legal value has no effect here; the list marks it by an asterisk. */
    boolean isWithoutEffect(Scalar scalar) {
        return word.equals("text") && choices().contains(scalar.text() + NO_EFFECT);
    }

    private boolean good(Scalar scalar) {
        return switch (word) {
            case "text" -> scalar.isText() && (limits.isEmpty() || isChoice(scalar.text()));
            case "hidden" -> scalar.isText();
            case "integer" -> scalar.integer().filter(this::isWithin).isPresent();
            case "boolean" -> scalar.isBoolean();
            case "false" -> scalar.isBoolean() && !scalar.isTrue();
            case "quantity" ->
                (scalar.isText() || scalar.isNumber())
                        && Quantities.amount(scalar.text())
                                .filter(amount -> amount.signum() >= 0)
                                .isPresent();
            case "mode" ->
                scalar.integer().filter(mode -> mode >= 0 && mode <= 0777).isPresent();
            case "port" -> isPort(scalar);
            case "portname" -> scalar.isText() && PORT.matcher(scalar.text()).matches();
            case "labelvalue" ->
                scalar.isText() && LABEL_VALUE.matcher(scalar.text()).matches();
            case "label" -> scalar.isText() && LABEL.matcher(scalar.text()).matches();
            case "name" -> scalar.isText() && NAME.matcher(scalar.text()).matches();
            default -> throw new IllegalStateException("a list of fields has the type " + word);
        };
    }

    /** What it must be, in words. */
    String wanted() {
        return switch (word) {
            case "text", "hidden" ->
                limits.isEmpty() ? "text" : String.join(" or ", choices()).replace(NO_EFFECT, "");
            case "integer" -> "an integer, " + range();
            case "boolean" -> "true or false";
            case "false" -> "false on the local runtime";
            case "quantity" -> "an amount of 0 or more, such as 100m or 64Mi";
            case "mode" -> "permissions from 0000 to 0777";
            case "portname" -> "lower-case letters, digits and '-', 15 at most, a letter among them";
            case "port" -> "a port from 1 to 65535, or the name of one";
            case "labelvalue" -> "text of letters, digits, '-', '_' and '.', 63 at most";
            case "label" -> "lower-case letters, digits and '-', 63 at most";
            default -> "lower-case letters, digits, '-' and '.'";
        };
    }

    private static boolean isPort(Scalar scalar) {
        return scalar.integer().isPresent()
                ? scalar.integer()
                        .filter(port -> port >= 1 && port <= HIGHEST_PORT)
                        .isPresent()
                : scalar.isText() && PORT.matcher(scalar.text()).matches();
    }

    private boolean isChoice(String text) {
        return choices().contains(text) || choices().contains(text + NO_EFFECT);
    }

    private List<String> choices() {
        return Arrays.asList(limits.split(",", -1));
    }

    private boolean isWithin(long number) {
        String[] ends = limits.split("\\.\\.", -1);
        return number >= Long.parseLong(ends[0])
                && number <= (ends[1].isEmpty() ? Integer.MAX_VALUE : Long.parseLong(ends[1]));
    }

    private String range() {
        String[] ends = limits.split("\\.\\.", -1);
        return ends[1].isEmpty() ? ends[0] + " or more" : ends[0] + " to " + ends[1];
    }
}
