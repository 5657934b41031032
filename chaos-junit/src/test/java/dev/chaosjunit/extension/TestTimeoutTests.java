// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("A time-out of JUnit's")
class TestTimeoutTests {
    private static final String PREFIX = "junit.jupiter.execution.timeout.";

    @ParameterizedTest
    @CsvSource({
        "default, 5, refused",
        "default, 5 s, refused",
        "default, 5000ms, refused",
        "default, 1m, fine",
        "default, soon, fine",
        "testable.method.default, 5s, refused",
        "test.method.default, 5s, refused",
        "testtemplate.method.default, 5s, fine",
        "lifecycle.method.default, 5s, fine"
    })
    @DisplayName("given as a configuration parameter must leave time for the fault and the windows around it")
    void parameter(String name, String value, String expected) {
        String outcome = outcome(PlainTestCase.class, Map.of(PREFIX + name, value));

        if (expected.equals("fine")) {
            assertThat(outcome).isEqualTo("fine");
        } else {
            assertThat(outcome)
                    .contains("PlainTestCase.test: the duration of the fault")
                    .contains("take 6s, above the test's time-out of 5s");
        }
    }

    @ParameterizedTest
    @CsvSource({"testtemplate.method.default, false", "test.method.default, true"})
    @DisplayName("for test templates is another than that for tests")
    void template(String name, boolean fine) {
        assertThat(outcome(TemplateTestCase.class, Map.of(PREFIX + name, "5s")).equals("fine"))
                .isEqualTo(fine);
    }

    @Test
    @DisplayName("in an annotation counts before a configuration parameter")
    void annotation() {
        assertThat(outcome(AnnotatedTestCase.class, Map.of(PREFIX + "default", "5s")))
                .isEqualTo("fine");
    }

    @Test
    @DisplayName("that is switched off does not count")
    void disabled() {
        assertThat(outcome(PlainTestCase.class, Map.of(PREFIX + "default", "5s", PREFIX + "mode", "disabled")))
                .isEqualTo("fine");
    }

    @Test
    @DisplayName("need not leave time for windows that a test without a load does not have")
    void noLoad() {
        assertThat(outcome(NoLoadTestCase.class, Map.of(PREFIX + "default", "5s")))
                .isEqualTo("fine");
    }

    /** The message of the refusal, or "fine". */
    private static String outcome(Class<?> testCase, Map<String, String> parameters) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameters(parameters)
                .execute()
                .allEvents()
                .failed()
                .stream()
                .findFirst()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(failure -> {
                    assertThat(failure).isInstanceOf(ExtensionConfigurationException.class);
                    return String.valueOf(failure.getMessage());
                })
                .orElse("fine");
    }

    @ExtendWith({FakeServices.class, Reading.class})
    @ChaosTest(manifests = "classpath:extension/none.yaml", baseline = "1s", recovery = "1s", recoverWithin = "1s")
    @Load(url = "http://a/", rate = "10/s")
    static class PlainTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "3s")
        void test() {}
    }

    static class TemplateTestCase extends PlainTestCase {
        @Override
        @RepeatedTest(2)
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "3s")
        void test() {}
    }

    static class AnnotatedTestCase extends PlainTestCase {
        @Override
        @Test
        @Timeout(7)
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "3s")
        void test() {}
    }

    @ExtendWith({FakeServices.class, Reading.class})
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class NoLoadTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "3s")
        void test() {}
    }
}
