// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.quantity.Source;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The elements of one annotation.
 *
 * @param place where it stands: {@code ShopTest.slow}
 */
record AnnotationSource(Annotation annotation, String place) implements Source {

    @Override
    public Set<String> elements() {
        Set<String> names = new TreeSet<>();
        Stream.of(annotation.annotationType().getDeclaredMethods())
                .map(Method::getName)
                .forEach(names::add);
        return names;
    }

    @Override
    public List<String> texts(String element) {
        Object value = ReflectionSupport.findMethod(annotation.annotationType(), element)
                .map(method -> ReflectionSupport.invokeMethod(method, annotation))
                .orElseThrow(() -> refusal(
                        "", new IllegalArgumentException("there is no element " + element + ", which is read of it")));
        return value.getClass().isArray()
                ? IntStream.range(0, Array.getLength(value))
                        .mapToObj(i -> text(Array.get(value, i)))
                        .toList()
                : List.of(text(value));
    }

    private static String text(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    @Override
    public RuntimeException refusal(String element, IllegalArgumentException why) {
        String name = "@" + annotation.annotationType().getSimpleName();
        String where = element.isEmpty() ? name : name + "(" + element + ")";
        return Misuse.of(where + " on " + place + ": " + why.getMessage(), why);
    }
}
