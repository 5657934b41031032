// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.inject.InjectionException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

@DisplayName("What the machine cannot do")
class RefusalTests {

    @Test
    @DisplayName(
            "skips the test where nobody named a runtime and chaos.require is false, says why and how to fail instead")
    void skipped() {
        TestExecutionResult result = execute("unsupported", "false");

        assertThat(result.getStatus()).isEqualTo(Status.ABORTED);
        assertThat(result.getThrowable())
                .get()
                .satisfies(why -> assertThat(why)
                        .hasMessageContainingAll("no tcx here", "Skipped; set chaos.require=true to fail instead.")
                        .hasNoCause());
    }

    @Test
    @DisplayName("fails the test where a parameter names the runtime, whatever chaos.require says")
    void namedByParameter() {
        TestExecutionResult result = execute(
                ShopTestCase.class,
                "unsupported",
                Map.of(ChaosParameters.REQUIRE, "false", ChaosParameters.RUNTIME, "local"));

        assertThat(result.getStatus()).isEqualTo(Status.FAILED);
        assertThat(result.getThrowable()).containsInstanceOf(InjectionException.class);
    }

    @Test
    @DisplayName("fails the test where its annotation names the runtime, unless a parameter says auto")
    void namedByAnnotation() {
        Map<String, String> optional = Map.of(ChaosParameters.REQUIRE, "false");
        Map<String, String> auto = Map.of(ChaosParameters.REQUIRE, "false", ChaosParameters.RUNTIME, "auto");

        assertThat(execute(LocalTestCase.class, "unsupported", optional).getStatus())
                .isEqualTo(Status.FAILED);
        assertThat(execute(LocalTestCase.class, "unsupported", auto).getStatus())
                .isEqualTo(Status.ABORTED);
    }

    @Test
    @DisplayName("fails the test where chaos.require is true")
    void required() {
        TestExecutionResult result = execute("unsupported", "true");

        assertThat(result.getStatus()).isEqualTo(Status.FAILED);
        assertThat(result.getThrowable()).containsInstanceOf(InjectionException.class);
    }

    @Test
    @DisplayName("is not skipped because chaos.require is misspelt")
    void misspelt() {
        TestExecutionResult result = execute("unsupported", "yes");

        assertThat(result.getStatus()).isEqualTo(Status.FAILED);
        assertThat(result.getThrowable())
                .get()
                .isInstanceOf(ExtensionConfigurationException.class)
                .satisfies(why -> assertThat(why).hasMessageContaining("chaos.require must be true or false"));
    }

    @Test
    @DisplayName("is told from a mistake of the test, which always fails it")
    void mistake() {
        assertThat(execute("bad_request", "false").getThrowable())
                .containsInstanceOf(ExtensionConfigurationException.class);
    }

    @Test
    @DisplayName("is told from a failure on the way, which always fails it")
    void failure() {
        assertThat(execute("failed", "false").getThrowable()).containsInstanceOf(InjectionException.class);
    }

    private static TestExecutionResult execute(String code, String require) {
        return execute(ShopTestCase.class, code, Map.of(ChaosParameters.REQUIRE, require));
    }

    private static TestExecutionResult execute(Class<?> testCase, String code, Map<String, String> parameters) {
        FakeHelper helper = FakeServices.helperOf(testCase);
        helper.reply("attach", "error code=" + code + " msg=no%20tcx%20here");
        TestExecutionResult result = Apart.run(testCase, parameters).testEvents().finished().stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(TestExecutionResult.class);
        assertThat(helper.asked()).containsExactly("attach f1", "close");
        return result;
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class ShopTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml", runtime = ClusterRuntime.LOCAL)
    static class LocalTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }
}
