// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Where a test's annotations stand, nearest first: its method, its class, the classes around that one.
 *
 * @param chain the places
 */
record AnnotatedPlaces(List<AnnotatedElement> chain) {

    static AnnotatedPlaces of(ExtensionContext context) {
        List<AnnotatedElement> chain = new ArrayList<>();
        context.getTestClass().ifPresent(chain::add);
        List<Class<?>> around = context.getEnclosingTestClasses();
        for (int i = around.size() - 1; i >= 0; i--) {
            chain.add(around.get(i));
        }
        return new AnnotatedPlaces(chain);
    }

    static AnnotatedPlaces of(ExtensionContext context, Method method) {
        List<AnnotatedElement> chain = new ArrayList<>(of(context).chain);
        chain.add(0, method);
        return new AnnotatedPlaces(chain);
    }

    /** Every annotation of the type, nearest place first, each turned into what it says. */
    <A extends Annotation, T> List<T> all(Class<A> type, BiFunction<A, AnnotationSource, T> translate) {
        return Mistakes.each(chain, element -> at(element, type, translate)).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The annotations of the nearest place that has any. */
    <A extends Annotation, T> List<T> nearest(Class<A> type, BiFunction<A, AnnotationSource, T> translate) {
        return chain.stream()
                .map(element -> at(element, type, translate))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** One annotation, of the nearest place that has it. */
    <A extends Annotation, T> Optional<T> one(Class<A> type, BiFunction<A, AnnotationSource, T> translate) {
        return chain.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, type)
                        .map(annotation ->
                                translate.apply(annotation, new AnnotationSource(annotation, place(element))))
                        .stream())
                .findFirst();
    }

    private static <A extends Annotation, T> List<T> at(
            AnnotatedElement element, Class<A> type, BiFunction<A, AnnotationSource, T> translate) {
        return Mistakes.each(
                annotations(element, type),
                annotation -> translate.apply(annotation, new AnnotationSource(annotation, place(element))));
    }

    private static <A extends Annotation> List<A> annotations(AnnotatedElement element, Class<A> type) {
        return type.isAnnotationPresent(Repeatable.class)
                ? AnnotationSupport.findRepeatableAnnotations(element, type)
                : AnnotationSupport.findAnnotation(element, type).stream().toList();
    }

    private static String place(AnnotatedElement element) {
        return element instanceof Method method
                ? method.getDeclaringClass().getSimpleName() + "." + method.getName()
                : ((Class<?>) element).getSimpleName();
    }
}
