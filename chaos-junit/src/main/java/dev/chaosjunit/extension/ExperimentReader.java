// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.PodsMayEnd;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.fault.Fault;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** A test method's annotations, and what a builder added, as an experiment; none where no fault is asked for. */
record ExperimentReader(WindowLengths windows, ExperimentParts built) {
    /** Repetitions of a class or a method: each is an experiment of its own. */
    private static final Pattern INVOCATION = Pattern.compile("-template-invocation:#([0-9]+)]");

    /** Read every test of a class, so that a mistake in one is found before anything is built or brought up. */
    List<Experiment> readAll(ExtensionContext classContext) {
        return Mistakes.each(
                        AnnotationSupport.findAnnotatedMethods(
                                classContext.getRequiredTestClass(), Testable.class, HierarchyTraversalMode.TOP_DOWN),
                        method -> read(method, "", 0, classContext))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<Experiment> read(ExtensionContext context, long seed) {
        String invocations = INVOCATION
                .matcher(context.getUniqueId())
                .results()
                .map(invocation -> "-" + invocation.group(1))
                .collect(Collectors.joining());
        return read(context.getRequiredTestMethod(), invocations, seed, context);
    }

    private Optional<Experiment> read(Method method, String suffix, long seed, ExtensionContext context) {
        AnnotatedPlaces places = AnnotatedPlaces.of(context, method);
        Mistakes mistakes = new Mistakes();
        Optional<List<Fault>> annotated = mistakes.read(
                () -> AnnotatedFaults.of(context.getRequiredTestClass()).read(places));
        Optional<ExperimentParts> read =
                mistakes.read(() -> ExperimentParts.read(places, context.getRequiredTestClass()));
        mistakes.refuse();
        List<Fault> faults = Stream.concat(annotated.orElseThrow().stream(), built.faults().stream())
                .toList();
        ExperimentParts parts = read.orElseThrow().or(built);
        if (faults.isEmpty() && parts.tokens().isEmpty()) {
            return Optional.empty();
        }
        String id = classes(context) + "." + method.getName() + suffix;
        if (AnnotationSupport.isAnnotated(method, TestFactory.class)) {
            throw new ExtensionConfigurationException(
                    id
                            + ": a fault cannot go with a @TestFactory, whose tests run after the method; use @ParameterizedTest");
        }
        try {
            Experiment experiment = new Experiment(
                    id,
                    title(context),
                    faults,
                    parts.loadsWithTokens(),
                    parts.slos(),
                    parts.goroutines(),
                    windows,
                    seed,
                    places.one(PodsMayEnd.class, (annotation, source) -> true).orElse(false),
                    parts.tokens().map(AnnotatedTokens::chaos),
                    parts.traces(),
                    parts.abortWhen(),
                    parts.profiles());
            experiment.checkDecidable();
            TestTimeout.check(experiment, method, places, context);
            return Optional.of(experiment);
        } catch (IllegalArgumentException e) {
            throw Misuse.of(id + ": " + e.getMessage(), e);
        }
    }

    /** As a test tree shows it: a test's display name often makes sense only below its class's. */
    private static String title(ExtensionContext context) {
        String above = context.getParent().map(ExtensionContext::getDisplayName).orElse("");
        return above + " › " + context.getDisplayName();
    }

    /** The name of a test class, with those of the classes around it. */
    static String classes(ExtensionContext context) {
        return Stream.concat(context.getEnclosingTestClasses().stream(), Stream.of(context.getRequiredTestClass()))
                .map(Class::getSimpleName)
                .collect(Collectors.joining("."));
    }
}
