// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The type of a scalar in a list of fields.
 *
 * @param word as the list has it, without what comes after a colon
 * @param legal whether a scalar is of the type
 * @param wanted the type in words
 */
record FieldType(String word, Predicate<Scalar> legal, String wanted) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern PORT_NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");
    private static final long HIGHEST_PORT = 65535;
    private static final long HIGHEST_MODE = 0777;

    /** Text that no message may show. */
    private static final String HIDDEN = "hidden";

    private static final String TEXT = "text";

    /** Read such as {@code label}, {@code text:TCP,UDP} or {@code integer:1..65535}. */
    static FieldType of(String type) {
        String[] words = type.split(":", 2);
        String word = words[0];
        return switch (word) {
            case TEXT -> words.length == 1 ? new FieldType(word, Scalar::isText, word) : choice(words[1]);
            case HIDDEN -> new FieldType(word, Scalar::isText, TEXT);
            case "integer" -> integer(words[1]);
            case "boolean" -> new FieldType(word, Scalar::isBoolean, "true or false");
            case "false" ->
                new FieldType(word, scalar -> scalar.isBoolean() && !scalar.isTrue(), "false on the local runtime");
            case "quantity" ->
                new FieldType(word, FieldType::isQuantity, "an amount of 0 or more, such as 100m or 64Mi");
            case "mode" ->
                new FieldType(word, scalar -> isWithin(scalar, 0, HIGHEST_MODE), "permissions from 0000 to 0777");
            case "port" -> new FieldType(word, FieldType::isPort, "a port from 1 to 65535, or the name of one");
            case "portname" ->
                like(PORT_NAME, word, "lower-case letters, digits and '-', 15 at most, a letter among them");
            case "labelvalue" -> like(LABEL_VALUE, word, "text of letters, digits, '-', '_' and '.', 63 at most");
            case "label" -> like(LABEL, word, "lower-case letters, digits and '-', 63 at most");
            case "name" -> like(NAME, word, "lower-case letters, digits, '-' and '.'");
            default -> throw new IllegalStateException("a list of fields has the type " + type);
        };
    }

    /** What it must be, in words, when it is not; empty when it is. */
    Optional<String> complaint(Scalar scalar) {
        if (legal.test(scalar)) {
            return Optional.empty();
        }
        String found = word.equals(HIDDEN) ? "" : ", not " + scalar;
        return Optional.of("must be " + wanted + found + (wanted.equals(TEXT) ? "; put it in quotes" : ""));
    }

    private static FieldType choice(String limits) {
        List<String> choices = List.of(limits.split(",", -1));
        return new FieldType(
                TEXT, scalar -> scalar.isText() && choices.contains(scalar.text()), String.join(" or ", choices));
    }

    private static FieldType integer(String limits) {
        String[] ends = limits.split("\\.\\.", -1);
        long least = Long.parseLong(ends[0]);
        long most = ends[1].isEmpty() ? Integer.MAX_VALUE : Long.parseLong(ends[1]);
        String range = ends[1].isEmpty() ? least + " or more" : least + " to " + most;
        return new FieldType("integer", scalar -> isWithin(scalar, least, most), "an integer, " + range);
    }

    private static FieldType like(Pattern pattern, String word, String wanted) {
        return new FieldType(
                word,
                scalar -> scalar.isText() && pattern.matcher(scalar.text()).matches(),
                wanted);
    }

    private static boolean isQuantity(Scalar scalar) {
        return (scalar.isText() || scalar.isNumber())
                && Quantities.amount(scalar.text())
                        .filter(amount -> amount.signum() >= 0)
                        .isPresent();
    }

    private static boolean isPort(Scalar scalar) {
        return scalar.integer().isPresent()
                ? isWithin(scalar, 1, HIGHEST_PORT)
                : scalar.isText() && PORT_NAME.matcher(scalar.text()).matches();
    }

    private static boolean isWithin(Scalar scalar, long least, long most) {
        return scalar.integer()
                .filter(number -> number >= least && number <= most)
                .isPresent();
    }
}
