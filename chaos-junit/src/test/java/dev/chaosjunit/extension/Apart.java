// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.chaosjunit.ChaosParameters;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs a test class apart from the suite that it belongs to, with a report of its own: most are meant to fail. */
final class Apart {
    private Apart() {}

    static EngineExecutionResults run(Class<?> testCase, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameter(ChaosParameters.REPORT, "target/chaos-report-apart")
                .configurationParameters(parameters)
                .execute();
    }

    /** What failed first, the class or one of its tests. */
    static Throwable failure(Class<?> testCase, Map<String, String> parameters) {
        return run(testCase, parameters).allEvents().failed().stream()
                .findFirst()
                .flatMap(event ->
                        event.getRequiredPayload(TestExecutionResult.class).getThrowable())
                .orElseThrow();
    }
}
