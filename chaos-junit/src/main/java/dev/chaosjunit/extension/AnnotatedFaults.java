// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.FaultKind;
import dev.chaosjunit.fault.FaultKinds;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The faults that annotations ask for, by kind. */
record AnnotatedFaults(FaultKinds kinds) {

    /** With the kinds that a test class's loader knows: that of a thread may be another. */
    static AnnotatedFaults of(Class<?> testClass) {
        try {
            return new AnnotatedFaults(FaultKinds.found(testClass.getClassLoader()));
        } catch (IllegalArgumentException e) {
            throw Misuse.of(testClass.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Of each kind in its turn, nearest place first.
     *
     * @throws RuntimeException of an annotation that is wrong, or that no kind of fault belongs to
     */
    List<Fault> read(AnnotatedPlaces places) {
        Set<Class<? extends Annotation>> types = new LinkedHashSet<>();
        for (AnnotatedElement place : places.chain()) {
            types.addAll(FaultTypes.on(place, kinds));
        }
        List<Fault> faults = new ArrayList<>();
        Mistakes mistakes = new Mistakes();
        types.forEach(type -> mistakes.in(() -> requireKind(type, places)));
        for (FaultKind kind : kinds.all()) {
            types.stream()
                    .filter(type -> type.getSimpleName().equals(kind.name()))
                    .forEach(type -> mistakes.in(
                            () -> faults.addAll(places.all(type, (annotation, source) -> kinds.read(kind, source)))));
        }
        mistakes.refuse();
        return faults;
    }

    private void requireKind(Class<? extends Annotation> type, AnnotatedPlaces places) {
        if (!kinds.has(type.getSimpleName())) {
            places.all(type, (annotation, source) -> {
                throw source.refusal("", kinds.unknown(type.getSimpleName()));
            });
        }
    }
}
