// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes that are meant to fail, apart from the suite they belong to. */
final class Fixtures {
    private Fixtures() {}

    /** The throwable of the one event that failed. */
    static Throwable onlyFailure(Class<?> testCase) {
        List<Event> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameter("chaos.report", "../target/chaos-report/fixtures")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .execute()
                .allEvents()
                .failed()
                .list();
        assertThat(failed).hasSize(1);
        return failed.get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
