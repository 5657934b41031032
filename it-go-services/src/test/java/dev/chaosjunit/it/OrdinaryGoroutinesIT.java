// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.it.OrdinaryServices.HEALTHY;
import static dev.chaosjunit.it.OrdinaryServices.LEAKING;
import static dev.chaosjunit.it.OrdinaryServices.SOME_LEAKING;
import static dev.chaosjunit.it.OrdinaryServices.and;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each experiment is one of as many services as there are kinds: what is known of one says nothing of the others. */
@DisplayName("Services that are as anybody's, while what they call is slow,")
class OrdinaryGoroutinesIT {
    private static final String SOME_YAML = "target/ordinary/some.yaml";
    private static final String HEALTHY_YAML = "target/ordinary/healthy.yaml";
    private static final String LEAKING_YAML = "target/ordinary/leaking.yaml";

    @Test
    @DisplayName("pass where they are healthy and fail where they leak, with the stack of what hangs")
    void some() throws Exception {
        OrdinaryServices.write(Path.of(SOME_YAML), and(HEALTHY, SOME_LEAKING));
        assertFailed(SOME_LEAKING, HEALTHY, SomeTestCase.class);
    }

    @Test
    @Tag("slow")
    @DisplayName("fail wherever they leak")
    void leaking() throws Exception {
        OrdinaryServices.write(Path.of(LEAKING_YAML), LEAKING);
        assertFailed(LEAKING, List.of(), LeakingTestCase.class);
    }

    private static void assertFailed(List<String> leaking, List<String> healthy, Class<?> testCase) throws Exception {
        String failure = String.valueOf(Fixtures.onlyFailure(testCase).getMessage());
        Report report = Report.of(testCase.getSimpleName() + ".slowUpstream");
        assertThat(report.goroutines("PASSED").keySet())
                .containsExactlyInAnyOrderElementsOf(and(healthy, OrdinaryServices.AROUND));
        Map<String, String> failed = report.goroutines("FAILED");
        assertThat(failed.keySet()).containsExactlyInAnyOrderElementsOf(leaking);
        failed.forEach(
                (kind, detail) -> assertThat(detail).startsWith("leak: ").contains(OrdinaryServices.function(kind)));
        assertThat(failure).containsPattern(" at ordinary/kinds\\.leakReceive\\.func1\\.1 \\(\\S*waits\\.go:\\d+\\)");
    }

    @Tag("slow")
    @ParameterizedTest(name = "round {0}")
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("raise no alarm where they are healthy: 12 services at 10 and 60 requests a second, three times")
    void noAlarm(int round) throws Exception {
        List<String> kinds = and(HEALTHY, List.of(OrdinaryServices.SQL));
        OrdinaryServices.write(Path.of(HEALTHY_YAML), kinds);
        for (Class<?> rate : List.of(QuietTestCase.class, BusyTestCase.class)) {
            Fixtures.succeeds(rate);
            Map<String, String> passed =
                    Report.of(rate.getSimpleName() + ".slowUpstream").goroutines("PASSED");
            System.out.println("round " + round + ", " + rate.getSimpleName() + ": " + passed);
            assertThat(passed.keySet()).containsExactlyInAnyOrderElementsOf(and(kinds, OrdinaryServices.AROUND));
        }
    }

    @ChaosTest(manifests = SOME_YAML, baseline = "2s", recovery = "2s", readyWithin = "90s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "20/s")
    @GoroutineBaseline(within = "8s")
    static class SomeTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "4s")
        void slowUpstream() {}
    }

    @ChaosTest(manifests = HEALTHY_YAML, baseline = "2s", recovery = "2s", readyWithin = "90s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @GoImage(name = "ordinary-sql", main = "./cmd/sql", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "10/s")
    @GoroutineBaseline(within = "15s")
    static class QuietTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "4s")
        void slowUpstream() {}
    }

    @ChaosTest(manifests = HEALTHY_YAML, baseline = "2s", recovery = "2s", readyWithin = "90s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @GoImage(name = "ordinary-sql", main = "./cmd/sql", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "60/s")
    @GoroutineBaseline(within = "15s")
    static class BusyTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "4s")
        void slowUpstream() {}
    }

    @ChaosTest(manifests = LEAKING_YAML, baseline = "2s", recovery = "2s", readyWithin = "90s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "20/s")
    @GoroutineBaseline(within = "12s")
    static class LeakingTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "8s")
        void slowUpstream() {}
    }
}
