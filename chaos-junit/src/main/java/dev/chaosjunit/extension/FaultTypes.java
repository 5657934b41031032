// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosFault;
import dev.chaosjunit.fault.FaultKinds;
import java.lang.annotation.Annotation;
import java.lang.annotation.Repeatable;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Finds the types of annotations with {@code @ChaosFault} that an element has, repeated or composed as they may be. */
final class FaultTypes {
    private final FaultKinds kinds;
    private final Set<Class<? extends Annotation>> found = new LinkedHashSet<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private FaultTypes(FaultKinds kinds) {
        this.kinds = kinds;
    }

    /** Those on an element and, for a class, on what it extends and implements. */
    static Set<Class<? extends Annotation>> on(AnnotatedElement element, FaultKinds kinds) {
        FaultTypes types = new FaultTypes(kinds);
        types.visit(element);
        return types.found;
    }

    private void visit(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            visitType(annotation.annotationType());
        }
        if (element instanceof Class<?> type && !type.isAnnotation()) {
            Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                    .filter(seen::add)
                    .forEach(this::visit);
        }
    }

    private void visitType(Class<? extends Annotation> type) {
        if (type.getPackageName().equals("java.lang.annotation") || !seen.add(type)) {
            return;
        }
        int before = found.size();
        if (type.isAnnotationPresent(ChaosFault.class)) {
            found.add(type);
        }
        repeated(type);
        visit(type);
        if (found.size() == before && kinds.has(type.getSimpleName())) {
            throw new ExtensionConfigurationException("@" + type.getName()
                    + " has the name of a kind of fault and would do nothing: it needs @ChaosFault");
        }
    }

    /** What a container of {@code @Repeatable} annotations holds. */
    private void repeated(Class<? extends Annotation> type) {
        Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals("value"))
                .map(method -> method.getReturnType().getComponentType())
                .filter(held -> held != null
                        && held.isAnnotationPresent(Repeatable.class)
                        && held.getAnnotation(Repeatable.class).value() == type)
                .forEach(held -> visitType(held.asSubclass(Annotation.class)));
    }
}
