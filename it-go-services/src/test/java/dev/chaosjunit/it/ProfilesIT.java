// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.Profiles;
import dev.chaosjunit.Traces;
import dev.chaosjunit.fault.DnsAction;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("demo")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("Profiles of the fault window")
class ProfilesIT {
    private static final String HABIT = "internal/users.hashSlowly";
    private static final String LEAK = "internal/fragile.Habits.Called";

    @Test
    @DisplayName("show what a request under the fault did, and which traces leaked goroutines come from")
    void profiles() throws IOException {
        Throwable failure = Fixtures.onlyFailure(SlowMemoryTestCase.class);
        Report report = Report.of("SlowMemoryTestCase.fromMemory");

        burns(report);
        assertThat(report.notes())
                .as("a pod without pprof")
                .contains("No profiles of pods that have no container port named")
                .contains(": auth-service-");
        assertThat(failure)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("Goroutines of user-api-")
                .hasMessageContaining(LEAK)
                .hasMessageMatching("(?s).*; made for the requests? of traces? [0-9a-f]{32} \\(DnsChaos\\).*");
        leaks(report);
    }

    /** Each goroutine was made for a request of the fault window, one of which is shown. */
    private static void leaks(Report report) {
        List<JsonNode> origins =
                stream(report.goroutines().at("/0/groups/0/origins")).toList();
        assertThat(origins)
                .isNotEmpty()
                .allSatisfy(
                        origin -> assertThat(origin.get("chaosType").asText()).isEqualTo("DnsChaos"));
        assertThat(origins)
                .anySatisfy(origin -> assertThat(report.span(
                                        origin.get("trace").asText(),
                                        origin.get("span").asText())
                                .get("service")
                                .asText())
                        .isEqualTo("user-api"));
    }

    /** What is burnt under the fault is burnt by the span in which user-api takes the request. */
    private static void burns(Report report) {
        JsonNode cpu = only(report.profiles().get("pods"), "kind", "cpu");
        assertThat(cpu.get("pod").asText()).startsWith("user-api-");
        assertThat(functions(cpu.at("/stacks/0"))).anyMatch(name -> name.endsWith(HABIT));
        List<JsonNode> burning = stream(report.profiles().get("spans"))
                .filter(span -> span.get("kind").asText().equals("cpu"))
                .filter(span -> stream(span.get("stacks"))
                        .anyMatch(stack -> functions(stack).stream().anyMatch(name -> name.endsWith(HABIT))))
                .toList();
        assertThat(burning).isNotEmpty().allSatisfy(span -> {
            JsonNode bar =
                    report.span(span.get("trace").asText(), span.get("span").asText());
            assertThat(bar.get("service").asText()).isEqualTo("user-api");
            assertThat(bar.get("kind").asText()).isEqualTo("server");
        });
    }

    private static List<String> functions(JsonNode stack) {
        return stream(stack.get("frames"))
                .map(frame -> frame.get("function").asText())
                .toList();
    }

    private static JsonNode only(JsonNode all, String key, String wanted) {
        return stream(all)
                .filter(each -> each.get(key).asText().equals(wanted))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> stream(JsonNode all) {
        return StreamSupport.stream(all.spliterator(), false);
    }

    @Tag("fixture")
    @DisplayName("user-api with a slow memory")
    @ChaosTest(manifests = "classpath:traced/users-profiled.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @Traces
    @Profiles
    @Load(url = "http://user-api/users/1", rate = "15/s")
    @GoroutineBaseline(within = "6s")
    static class SlowMemoryTestCase {
        @Test
        @DisplayName("while it cannot resolve auth-service")
        @DnsChaos(
                selector = "app=user-api",
                patterns = "auth-service.default.svc.cluster.local",
                action = DnsAction.NXDOMAIN,
                duration = "3s")
        void fromMemory() {}
    }
}
