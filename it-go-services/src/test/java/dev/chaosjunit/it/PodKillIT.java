// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A kill of pods")
class PodKillIT {
    private static final String SEEN = "kills asked for 1, possible 1, ends seen 1; restart count ";
    private static final String ONE_OF_ONE = SEEN + "0 → 1; at ";
    private static final String BY_SIGKILL = ": exit code 137 (signal 9, SIGKILL)";

    @Test
    @DisplayName(
            "ends what it is for, and nothing else; who drains or connects anew stands it, and the twins are found")
    void kills() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(KillTestCase.class);
        assertThat(failures).containsOnlyKeys("kills");
        assertThat(failures.get("kills"))
                .hasMessageContaining("In the fault window, http://no-drain/: ")
                .hasMessageContaining("In the recovery window, http://gateway-no-reconnect/v1/payments/demo: ");

        Report report = Report.of("KillTestCase.kills");
        assertThat(report.summary().lines())
                .as("nothing but what the twins do, and what all callers see while nobody serves them")
                .allMatch(line -> line.startsWith("In the fault window, http://no-drain/: ")
                        || line.startsWith("In the fault window, http://gateway")
                        || line.startsWith("In the recovery window, http://gateway-no-reconnect/"));
        assertThat(report.details())
                .satisfiesExactly(
                        drained -> assertThat(drained).startsWith(ONE_OF_ONE).endsWith(": exit code 0"),
                        ended -> assertThat(ended).startsWith(ONE_OF_ONE).endsWith(": exit code 2"),
                        killed -> assertThat(killed)
                                .startsWith(ONE_OF_ONE)
                                .containsPattern("at [0-9.m]*s pid [0-9]+: ")
                                .endsWith(BY_SIGKILL),
                        pod -> assertThat(pod)
                                .startsWith("deleted with a grace period of 0s; in its place came spare-"),
                        down -> assertThat(down).startsWith(SEEN),
                        second -> assertThat(second)
                                .startsWith("container payments: " + ONE_OF_ONE)
                                .endsWith(BY_SIGKILL));
        assertThat(report.notes())
                .as("is waited for, as it is not ready without its second container")
                .containsPattern("Pod pair-\\S+ was (ready again|not ready any more)");
    }

    @ChaosTest(manifests = "classpath:kills.yaml", baseline = "1s", recovery = "1s", recoverWithin = "3s")
    @ShopImages
    @GoImage(name = "draining", main = "./src/test/go/draining")
    @Load(url = "http://draining/", method = "POST", rate = "70/s", timeout = "5s")
    @Load(url = "http://no-drain/", method = "POST", rate = "70/s", timeout = "5s")
    @Load(url = "http://gateway/v1/payments/demo", rate = "70/s")
    @Load(url = "http://gateway-no-reconnect/v1/payments/demo", rate = "70/s")
    @Slo(errorRate = "5%")
    @Slo(phase = Phase.FAULT, errorRate = "4%")
    static class KillTestCase {

        @Test
        @PodKill(selector = "app=draining", mode = Mode.ONE, signal = KillSignal.SIGTERM, duration = "4s")
        @PodKill(selector = "app=no-drain", mode = Mode.ONE, signal = KillSignal.SIGTERM, duration = "4s")
        @PodKill(selector = "app=payment-service", duration = "3s")
        @PodKill(selector = "app=spare", what = Killed.POD, duration = "1s")
        @PodKill(selector = "app=down", keptDown = true, duration = "4s")
        @PodKill(selector = "app=pair", containerNames = "payments", duration = "1s")
        void kills(ChaosRun run) throws InterruptedException {
            Instance down = target("down", run), pair = target("pair", run);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> run.pods().stream().noneMatch(pod -> pod.uid().equals(down.uid())));
            Thread.sleep(1000); // a container that is not kept down comes at once
            assertThat(run.pods()).extracting(Instance::uid).doesNotContain(down.uid());
            assertThat(lives(down)).isFalse();
            run.awaitRevert();
            Instance killed = target("payment-service", run), deleted = target("spare", run);
            await().atMost(Duration.ofSeconds(10)).until(() -> run.pods().size() == 10 && !lives(deleted));
            assertThat(lives(killed)).isFalse();
            assertThat(run.pods())
                    .allMatch(PodKillIT::lives)
                    .extracting(Instance::uid)
                    .contains(killed.uid(), down.uid())
                    .doesNotContain(deleted.uid());
            assertThat(run.pods()).as("its first container is spared").anyMatch(pair::isSame);
        }
    }

    private static Instance target(String workload, ChaosRun run) {
        return run.targets().stream()
                .filter(pod -> pod.workload().equals(workload))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the process of that life is there, by what this machine's kernel says. */
    private static boolean lives(Instance pod) {
        try {
            long pid = pod.handle() instanceof Handle.LocalProcess process
                    ? process.pid()
                    : NodePod.of(pod).pid();
            return Files.exists(Path.of("/proc/" + pid));
        } catch (NoSuchElementException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
