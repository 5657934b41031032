// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.fault.DnsAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;

@DisplayName("The report has a row of what never came to its fault")
class UnstartedTests {
    @TempDir
    private Path report;

    @Test
    @DisplayName("for a test that the machine refuses, with its faults and the reason")
    void refused() throws IOException {
        FakeServices.helperOf(RefusedTestCase.class).reply("attach", "error code=unsupported msg=no%20tcx%20here");
        run(RefusedTestCase.class, Map.of(ChaosParameters.REQUIRE, "true"));

        JsonNode row = row("RefusedTestCase.test");
        assertThat(row.get("outcome").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(row.get("summary").asText())
                .startsWith("Nothing was injected: ")
                .contains("no tcx here");
        assertThat(row.get("title").asText()).isEqualTo("UnstartedTests$RefusedTestCase › test()");
        assertThat(faults(row)).singleElement().asString().startsWith("delay 1ms");
        assertThat(page()).contains("? not injected");
    }

    @Test
    @DisplayName("for a test that is skipped")
    void skipped() throws IOException {
        FakeServices.helperOf(RefusedTestCase.class).reply("attach", "error code=unsupported msg=no%20tcx%20here");
        run(RefusedTestCase.class, Map.of(ChaosParameters.REQUIRE, "false"));

        assertThat(row("RefusedTestCase.test").get("summary").asText()).contains("Skipped; set chaos.require=true");
    }

    @Test
    @DisplayName("for each test of a class whose services cannot be brought up")
    void classRefused() throws IOException {
        List<Throwable> failures = run(TwoTestCase.class, Map.of(ChaosParameters.RUNTIME, "kubeconfig"));

        assertThat(failures)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("chaos.namespaces");
        for (String test : List.of("TwoTestCase.one", "TwoTestCase.other")) {
            assertThat(row(test).get("summary").asText())
                    .isEqualTo("Nothing was injected: " + failures.get(0).getMessage());
            assertThat(row(test).get("title").asText()).isEqualTo(test);
        }
        assertThat(faults(row("TwoTestCase.other"))).singleElement().asString().startsWith("DNS DROP");
    }

    @Test
    @DisplayName("for a class whose annotations are wrong")
    void mistakes() throws IOException {
        run(WrongTestCase.class, Map.of());

        assertThat(row("WrongTestCase").get("summary").asText())
                .startsWith("Nothing was injected: @NetworkDelay(latency) on WrongTestCase.test: ");
        assertThat(page()).contains("<h1>1 of 1 experiment did not pass</h1>");
    }

    @Test
    @DisplayName("for a test before which something of ours was lost")
    void lost() throws IOException {
        LosingTestCase.helper = FakeServices.helperOf(LosingTestCase.class);
        List<Throwable> failures = run(LosingTestCase.class, Map.of());

        assertThat(failures)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("Before this test, ");
        assertThat(row("LosingTestCase.one").get("outcome").asText()).isEqualTo("PASSED");
        assertThat(row("LosingTestCase.other").get("summary").asText())
                .isEqualTo("Nothing was injected: " + failures.get(0).getMessage());
    }

    @Test
    @DisplayName("unless that cannot be written, which stands beside the reason then")
    void unwritable() {
        FakeServices.helperOf(RefusedTestCase.class).reply("attach", "error code=unsupported msg=no%20tcx%20here");
        Map<String, String> nowhere =
                Map.of(ChaosParameters.REQUIRE, "true", ChaosParameters.REPORT, "/proc/chaos-report");

        assertThat(Apart.failure(RefusedTestCase.class, nowhere))
                .hasMessageContaining("no tcx here")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .asString()
                        .contains("cannot write the chaos report to /proc/chaos-report"));
    }

    private List<Throwable> run(Class<?> testCase, Map<String, String> parameters) {
        return Apart.run(testCase, with(parameters)).allEvents().failed().stream()
                .flatMap(event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable().stream())
                .toList();
    }

    private Map<String, String> with(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put(ChaosParameters.REPORT, report.toString());
        return all;
    }

    private JsonNode row(String id) throws IOException {
        return new ObjectMapper().readTree(report.resolve(id + ".json").toFile());
    }

    private String page() throws IOException {
        return Files.readString(report.resolve("index.html"));
    }

    private static List<String> faults(JsonNode row) {
        return StreamSupport.stream(row.get("faults").spliterator(), false)
                .map(fault -> fault.get("fault").asText())
                .toList();
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class RefusedTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = "classpath:api.yaml")
    static class TwoTestCase {
        @Test
        @NetworkDelay(selector = "app=api", latency = "1ms", duration = "1s")
        void one() {}

        @Test
        @DnsChaos(selector = "app=api", patterns = "a.b", action = DnsAction.DROP, duration = "1s")
        void other() {}
    }

    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class WrongTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1", duration = "1s")
        void test() {}
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LosingTestCase {
        private static FakeHelper helper = new FakeHelper();

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void one() {}

        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "20ms")
        void other() {}

        @AfterEach
        void die() {
            helper.die();
        }
    }
}
