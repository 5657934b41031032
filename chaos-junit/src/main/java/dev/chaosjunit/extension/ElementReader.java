// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import java.lang.annotation.Annotation;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the text elements of one annotation; what is wrong is said with the annotation, the element and the place. */
record ElementReader(String annotation, String place) {

    ElementReader(Annotation annotation, String place) {
        this("@" + annotation.annotationType().getSimpleName(), place);
    }

    <T> T read(String element, String text, Function<String, T> parser) {
        return check(element, () -> parser.apply(text));
    }

    /** Build something from several elements; the message of what is thrown names the element itself. */
    <T> T build(Supplier<T> builder) {
        return check("", builder);
    }

    private <T> T check(String element, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String where = element.isEmpty() ? annotation : annotation + "(" + element + ")";
            throw Misuse.of(where + " on " + place + ": " + e.getMessage(), e);
        }
    }
}
