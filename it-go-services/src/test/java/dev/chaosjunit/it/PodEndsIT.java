// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.PodsMayEnd;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@DisplayName("A process of a pod that ends in a fault")
class PodEndsIT {

    @Test
    @DisplayName("is the first line of the failure, comes back, or is started anew before the class's next test")
    void named() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(MortalTestCase.class);
        assertThat(failures).containsOnlyKeys("dies", "endsAgain");

        List<String> died = lines(failures.get("dies"));
        assertThat(died.get(1)).startsWith("  Pod "); // whichever lost its patience first
        String panicker = died.stream()
                .filter(line -> line.startsWith("  Pod panicker-"))
                .findFirst()
                .orElseThrow();
        assertThat(panicker)
                .matches("  Pod panicker-\\S+ ended (about )?[0-9.]+m?s into the fault, and nobody had asked it to:"
                        + " exit code 2\\. It printed last:");
        assertThat(died.get(died.indexOf(panicker) + 1)).startsWith("    panic: upstream is slow: ");
        assertThat(died).anyMatch(line -> line.contains("main.(*watchdog).watch"));
        assertThat(died)
                .anyMatch(line -> line.matches("  Pod quitter-\\S+ ended .* exit code 0\\. It printed last:"))
                .anyMatch(line -> line.startsWith("    giving up: "))
                .noneMatch(line -> line.contains("Not all pods came back"));

        List<String> looped = lines(failures.get("endsAgain"));
        assertThat(looped.get(1)).matches("  Pod panicker-\\S+ ended .* exit code 137 \\(signal 9, SIGKILL\\).*");
        assertThat(looped)
                .anyMatch(line -> line.contains("It ended again"))
                .anyMatch(line -> line.contains("Not all pods came back: panicker has 0 of 1 ready"));

        assertThat(Report.of("MortalTestCase.isStartedAnew").notes())
                .containsPattern("Before this test, pods that had ended or were not ready any more were started anew:"
                        + " panicker-[^,\\s]+\\.\"");
    }

    @Test
    @DisplayName("is a note where @PodsMayEnd allows it; the fault hits the process that comes in its place")
    void allowed() throws IOException {
        Fixtures.succeeds(AllowedTestCase.class);
        Report report = Report.of("AllowedTestCase.killed");
        assertThat(report.notes())
                .containsPattern("Pod panicker-\\S+ ended .* exit code 137 \\(signal 9, SIGKILL\\)\\."
                        + " It printed \\S+mortal serves\\S+ @PodsMayEnd allows it")
                .containsPattern("Pod panicker-\\S+ restarted and was hit from then on");
        assertThat(report.hitPods()).hasSize(2);
    }

    /** Whether a verdict begins with the end of a process that nobody had asked to end. */
    static boolean isNamedFirst(String summary) {
        return summary.lines()
                .limit(1)
                .anyMatch(line -> line.matches("Pod \\S+ ended .*, and nobody had asked it to: .*"));
    }

    private static List<String> lines(@Nullable Throwable failure) {
        assertThat(failure).isInstanceOf(AssertionFailedError.class);
        return String.valueOf(Objects.requireNonNull(failure).getMessage())
                .lines()
                .toList();
    }

    /** SIGKILL from outside. */
    private static void kill(Instance pod) throws Exception {
        if (pod.handle() instanceof Handle.LocalProcess process) {
            Commands.runAsRoot(List.of("sh", "-c", "kill -9 " + process.pid()));
        } else {
            NodePod.of(pod).kill();
        }
    }

    private static Instance panicker(ChaosRun run) {
        return run.pods().stream()
                .filter(pod -> pod.workload().equals("panicker"))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitNext(ChaosRun run, Instance before) {
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        run.pods().stream().anyMatch(pod -> pod.uid().equals(before.uid()) && !pod.isSame(before)));
    }

    @ChaosTest(manifests = "classpath:mortal.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "mortal", main = "./src/test/go/mortal")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class MortalTestCase {
        @Test
        @Order(1)
        @NetworkDelay(selector = "app=upstream", latency = "4s", duration = "3s")
        @Load(url = "http://panicker/", rate = "50/s")
        @Slo(p50 = "100ms", errorRate = "10%")
        void dies() {}

        @Test
        @Order(2)
        @NetworkDelay(selector = "app=upstream", latency = "10ms", duration = "3s")
        void endsAgain(ChaosRun run) throws Exception {
            Instance first = panicker(run);
            kill(first);
            awaitNext(run, first);
            kill(panicker(run));
        }

        @Test
        @Order(3)
        @NetworkDelay(selector = "app=upstream", latency = "10ms", duration = "1s")
        void isStartedAnew(ChaosRun run) {
            assertThat(run.pods()).hasSize(3);
        }
    }

    @ChaosTest(manifests = "classpath:mortal.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "mortal", main = "./src/test/go/mortal")
    static class AllowedTestCase {
        @Test
        @PodsMayEnd
        @GoDelay(selector = "app=panicker", function = "main.answer", latency = "1ms", duration = "4s")
        @Load(url = "http://panicker/", rate = "20/s")
        @Slo(errorRate = "90%")
        void killed(ChaosRun run) throws Exception {
            Thread.sleep(500);
            kill(run.targets().get(0));
        }
    }
}
