// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.it.OrdinaryServices.HEALTHY;
import static dev.chaosjunit.it.OrdinaryServices.LEAKING;
import static dev.chaosjunit.it.OrdinaryServices.and;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The white paper's rule beside ours: is the number of {@code /debug/vars} back at its baseline within 30 s? */
@Tag("slow")
@DisplayName("The number of goroutines at /debug/vars")
class PublishedCountIT {
    private static final List<String> KINDS = and(HEALTHY, LEAKING);
    private static final String YAML = "target/ordinary/published.yaml";

    @Test
    @DisplayName("is above its baseline in healthy services, which our rule tells from those that leak")
    void beside() throws IOException {
        OrdinaryServices.write(Path.of(YAML), KINDS);
        Fixtures.onlyFailure(PublishedTestCase.class);

        Report report = Report.of("PublishedTestCase.slowUpstream");
        Map<String, Boolean> back = new TreeMap<>();
        System.out.println("| service | leaks | `/debug/vars`, under load | by it | at rest | by that | by our rule |\n"
                + "|---|---|---|---|---|---|---|");
        for (String kind : KINDS) {
            PublishedCounts.Verdict published = PublishedTestCase.COUNTS.verdict(kind + "-0", report);
            Report.Rested rested = report.rested(kind + "-0");
            back.put(kind, published.isBack());
            System.out.printf(
                    "| `%s` | %s | %d → %d | %s | %d → %d | %s | %s |%n",
                    kind,
                    LEAKING.contains(kind) ? "yes" : "",
                    published.baseline(),
                    published.least(),
                    published.isBack() ? "back" : "not back",
                    rested.baseline(),
                    rested.last(),
                    rested.last() <= rested.baseline() ? "back" : "not back",
                    rested.outcome().toLowerCase(Locale.ROOT));
        }
        assertThat(report.goroutines("FAILED").keySet()).containsExactlyInAnyOrderElementsOf(LEAKING);
        assertThat(back)
                .as("connections and workers that are kept")
                .containsEntry("hundred-idle", false)
                .containsEntry("grow-only-pool", false);
    }

    @ChaosTest(manifests = YAML, baseline = "10s", recovery = "30s", readyWithin = "90s")
    @GoImage(name = "ordinary", main = "./cmd/service", directory = "src/test/go/ordinary")
    @Load(url = "http://fan-out/", rate = "20/s")
    @GoroutineBaseline(within = "30s")
    static class PublishedTestCase {
        private static final PublishedCounts COUNTS = new PublishedCounts();

        @Test
        @NetworkDelay(selector = "role=caller", target = "app=upstream", latency = "400ms", duration = "8s")
        void slowUpstream() {}

        @BeforeEach
        void count(ChaosRun run) throws IOException {
            COUNTS.start(run.pods().stream()
                    .filter(pod -> KINDS.contains(pod.workload()))
                    .toList());
        }

        @AfterEach
        void stop() throws InterruptedException {
            COUNTS.stop();
        }
    }
}
