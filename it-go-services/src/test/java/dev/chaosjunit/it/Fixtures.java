// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes apart from the suite they belong to: most are meant to fail. */
final class Fixtures {
    static final Path REPORT = Path.of("../target/chaos-report/fixtures");

    private Fixtures() {}

    /** The throwable of the one event that failed. */
    static Throwable onlyFailure(Class<?> testCase) {
        return onlyFailure(testCase, Map.of());
    }

    /** The same, with configuration parameters. */
    static Throwable onlyFailure(Class<?> testCase, Map<String, String> parameters) {
        List<Throwable> failures = failures(execute(testCase, parameters));
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }

    /** What each test of a class failed with, by the name of its method. */
    static Map<String, Throwable> failures(Class<?> testCase) {
        return failures(testCase, Map.of());
    }

    /** The same, with configuration parameters. */
    static Map<String, Throwable> failures(Class<?> testCase, Map<String, String> parameters) {
        return execute(testCase, parameters).testEvents().failed().stream()
                .collect(Collectors.toMap(
                        event -> ((MethodSource)
                                        event.getTestDescriptor().getSource().orElseThrow())
                                .getMethodName(),
                        event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()));
    }

    static void succeeds(Class<?> testCase) {
        succeeds(testCase, Map.of());
    }

    static void succeeds(Class<?> testCase, Map<String, String> parameters) {
        succeeds(testCase, parameters, 1);
    }

    /** The same, for a class of more tests than one. */
    static void succeeds(Class<?> testCase, Map<String, String> parameters, int tests) {
        EngineExecutionResults results = execute(testCase, parameters);
        assertThat(failures(results)).isEmpty();
        results.testEvents().assertStatistics(events -> events.succeeded(tests));
    }

    /** Whatever failed, classes as well as tests. */
    static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    /** Where this build runs services: what the test kit's engine does not see by itself. */
    static Map<String, String> runtime() {
        return Stream.of("chaos.runtime", "chaos.k3s.image", "chaos.require")
                .filter(key -> System.getProperty(key) != null)
                .collect(Collectors.toMap(key -> key, System::getProperty));
    }

    private static EngineExecutionResults execute(Class<?> testCase, Map<String, String> parameters) {
        forget(testCase);
        return complete(EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameters(runtime())
                .configurationParameter("chaos.report", REPORT.toString())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameters(parameters)
                .execute());
    }

    /** The report keeps what ran before in this build, on another runtime, say; the next result is to have the plain name. */
    private static void forget(Class<?> testCase) {
        File[] results = REPORT.toFile().listFiles((in, name) -> name.startsWith(testCase.getSimpleName() + "."));
        Stream.ofNullable(results).flatMap(Stream::of).forEach(File::delete);
    }

    /** Nothing was skipped: what did not run has neither passed nor failed as wanted. */
    static EngineExecutionResults complete(EngineExecutionResults results) {
        List<String> skips = Stream.concat(
                        results.allEvents().skipped().stream().map(event -> event.getRequiredPayload(String.class)),
                        results.allEvents().aborted().stream()
                                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                                .map(result -> result.getThrowable()
                                        .map(Throwable::getMessage)
                                        .orElse("no reason")))
                .toList();
        assertThat(skips).as("the reasons of tests that were skipped").isEmpty();
        return results;
    }
}
