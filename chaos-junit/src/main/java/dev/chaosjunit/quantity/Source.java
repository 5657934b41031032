// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Named elements that somebody wrote down, such as those of an annotation, and where they stand: what is wrong with one is
 * said with its name and its place. Every method throws what {@link #refusal} makes.
 */
public interface Source {

    /** The names of all elements. */
    Set<String> elements();

    /**
     * What an element says, as text: itself or its default; one where it is no list. Constants are by name.
     *
     * @throws RuntimeException where there is no such element
     */
    List<String> texts(String element);

    /**
     * What is thrown.
     *
     * @param element that is wrong; empty where it is several, or which is said in the message
     * @param why with the legal form or range
     */
    RuntimeException refusal(String element, IllegalArgumentException why);

    /** What an element means. */
    default <T> T read(String element, Function<String, T> parser) {
        return read(element, text(element), parser);
    }

    /** What each text of a list means. */
    default <T> List<T> readAll(String element, Function<String, T> parser) {
        return texts(element).stream().map(text -> read(element, text, parser)).toList();
    }

    /** What a text of an element means. */
    default <T> T read(String element, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refusal(element, e);
        }
    }

    /** An element that may be any text. */
    default String text(String element) {
        return String.join(",", texts(element));
    }

    /** One of an enum's constants. */
    default <E extends Enum<E>> E choice(String element, Class<E> type) {
        return read(element, text -> Enum.valueOf(type, text));
    }

    /** {@code true} or not. */
    default boolean flag(String element) {
        return Boolean.parseBoolean(text(element));
    }

    /** Build something from several elements; the message of what is thrown names the element itself. */
    default <T> T build(Supplier<T> builder) {
        return read("", "", unused -> builder.get());
    }
}
