// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.it.OrdinaryServices.HEALTHY;
import static dev.chaosjunit.it.OrdinaryServices.LEAKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each experiment is one of as many services as there are kinds: what is known of one says nothing of the others. */
@DisplayName("Services that nobody here made for this, while what they call is slow,")
class OrdinaryGoroutinesIT {
    private static final String HEALTHY_YAML = "target/ordinary/healthy.yaml";
    private static final String LEAKING_YAML = "target/ordinary/leaking.yaml";

    @Test
    @DisplayName("pass where they are healthy, at 60 requests a second")
    void healthy() throws Exception {
        OrdinaryServices.write(Path.of(HEALTHY_YAML), HEALTHY);
        Fixtures.succeeds(BusyTestCase.class);
    }

    @Test
    @DisplayName("fail where they leak, each with the stack of what hangs")
    void leaking() throws Exception {
        OrdinaryServices.write(Path.of(LEAKING_YAML), LEAKING);
        String failure = String.valueOf(Fixtures.onlyFailure(LeakingTestCase.class).getMessage());
        System.out.println(failure);
        Map<String, String> details = Report.of("LeakingTestCase.slowUpstream").goroutines("FAILED");
        assertThat(details.keySet()).containsExactlyInAnyOrderElementsOf(LEAKING);
    }

    @Tag("slow")
    @ParameterizedTest(name = "round {0}")
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("raise no alarm in more than one of sixty experiments where they are healthy")
    void hardlyAnAlarm(int round) throws Exception {
        OrdinaryServices.write(
                Path.of(HEALTHY_YAML), Stream.concat(HEALTHY.stream(), Stream.of(OrdinaryServices.SQL)).toList());
        for (Class<?> rate : List.of(QuietTestCase.class, BusyTestCase.class)) {
            Fixtures.failures(rate);
            Report report = Report.of(rate.getSimpleName() + ".slowUpstream");
            System.out.println("round " + round + ", " + rate.getSimpleName() + ": " + report.goroutines("PASSED"));
            assertThat(report.goroutines("FAILED")).isEmpty();
        }
    }

    @ChaosTest(manifests = HEALTHY_YAML, baseline = "2s", recovery = "2s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @GoImage(name = "ordinary-sql", main = "./cmd/sql", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "10/s")
    @GoroutineBaseline(within = "15s")
    static class QuietTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "4s")
        void slowUpstream() {}
    }

    @ChaosTest(manifests = HEALTHY_YAML, baseline = "2s", recovery = "2s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @GoImage(name = "ordinary-sql", main = "./cmd/sql", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "60/s")
    @GoroutineBaseline(within = "15s")
    static class BusyTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "4s")
        void slowUpstream() {}
    }

    @ChaosTest(manifests = LEAKING_YAML, baseline = "2s", recovery = "2s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "20/s")
    @GoroutineBaseline(within = "12s")
    static class LeakingTestCase {
        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "8s")
        void slowUpstream() {}
    }
}
