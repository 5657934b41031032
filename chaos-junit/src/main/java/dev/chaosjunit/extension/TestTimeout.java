// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.quantity.Durations;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The time-out JUnit puts on a test: a fault that outlasts it would end as a time-out, with no verdict. */
final class TestTimeout {
    private static final String PREFIX = "junit.jupiter.execution.timeout.";
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]*) ?(ns|μs|ms|s|m|h|d)?", Pattern.CASE_INSENSITIVE);

    private TestTimeout() {}

    static void check(Experiment experiment, Method method, AnnotatedPlaces places, ExtensionContext context) {
        of(method, places, context).ifPresent(timeout -> {
            experiment
                    .faults()
                    .forEach(fault ->
                            check(fault.describe(), experiment.timeToJudge(fault.duration()), experiment, timeout));
            experiment
                    .tokens()
                    .ifPresent(tokens ->
                            check(tokens.describe(), experiment.timeToJudge(tokens.duration()), experiment, timeout));
        });
    }

    private static void check(String fault, Duration needed, Experiment experiment, Duration timeout) {
        if (needed.compareTo(timeout) > 0) {
            throw new ExtensionConfigurationException(experiment.id() + ": the duration of the fault ("
                    + fault + ") and the windows around it take " + Durations.format(needed)
                    + ", above the test's time-out of " + Durations.format(timeout)
                    + ": shorten the fault, or raise the @Timeout");
        }
    }

    private static Optional<Duration> of(Method method, AnnotatedPlaces places, ExtensionContext context) {
        if (context.getConfigurationParameter(PREFIX + "mode")
                .filter("disabled"::equals)
                .isPresent()) {
            return Optional.empty();
        }
        String kind = AnnotationSupport.isAnnotated(method, TestTemplate.class) ? "testtemplate" : "test";
        return places.one(
                        Timeout.class,
                        (timeout, source) ->
                                Duration.of(timeout.value(), timeout.unit().toChronoUnit()))
                .or(() -> Stream.of(kind + ".method.default", "testable.method.default", "default")
                        .flatMap(key -> context.getConfigurationParameter(PREFIX + key).stream())
                        .findFirst()
                        .flatMap(TestTimeout::parse));
    }

    /** JUnit's own syntax; what it cannot read JUnit itself warns of. */
    private static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2).toLowerCase(Locale.ROOT);
        return Optional.of(
                switch (unit) {
                    case "ns" -> Duration.ofNanos(number);
                    case "μs" -> Duration.ofNanos(number * 1000);
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofSeconds(number);
                });
    }
}
