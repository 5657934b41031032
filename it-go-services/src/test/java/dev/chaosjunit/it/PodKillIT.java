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
    private static final String ONE_OF_ONE = "kills asked for 1, possible 1, ends seen 1; restart count ";

    @Test
    @DisplayName(
            "ends what it is for, and nothing else; who drains or connects anew stands it, and the twins are found")
    void kills() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(KillTestCase.class);
        assertThat(failures).containsOnlyKeys("isStood");
        assertThat(failures.get("isStood"))
                .hasMessageContaining("In the fault window, http://no-drain/: ")
                .hasMessageContaining("In the recovery window, http://gateway-no-reconnect/v1/payments/demo: ")
                .message()
                .doesNotContainPattern("http://draining/: .*requests failed")
                .doesNotContainPattern("In the recovery window, http://gateway/.*requests failed")
                .doesNotContain("nobody had asked it to");

        assertThat(Report.of("KillTestCase.ends").details())
                .satisfiesExactly(
                        container -> assertThat(container)
                                .startsWith(ONE_OF_ONE)
                                .containsPattern("at [0-9.m]*s pid [0-9]+: exit code 137 \\(signal 9, SIGKILL\\)"),
                        pod -> assertThat(pod)
                                .startsWith("deleted with a grace period of 0s; in its place came no-drain-"),
                        down -> assertThat(down).startsWith(ONE_OF_ONE),
                        second -> assertThat(second)
                                .startsWith("container payments: " + ONE_OF_ONE + "0 → 1; ")
                                .contains("exit code 137 (signal 9, SIGKILL)"));
        assertThat(Report.of("KillTestCase.ends").notes())
                .as("is waited for, as it is not ready without its second container")
                .containsPattern("Pod pair-\\S+ was (ready again|not ready any more)");
        assertThat(Report.of("KillTestCase.isStood").details())
                .allMatch(detail -> detail.startsWith(ONE_OF_ONE))
                .anyMatch(detail -> detail.endsWith(": exit code 0"))
                .anyMatch(detail -> detail.endsWith(": exit code 2"));
    }

    @ChaosTest(manifests = "classpath:kills.yaml", baseline = "1s", recovery = "1s", recoverWithin = "3s")
    @ShopImages
    @GoImage(name = "draining", main = "./src/test/go/draining")
    static class KillTestCase {

        @Test
        @PodKill(selector = "app=draining", mode = Mode.ONE, duration = "1s")
        @PodKill(selector = "app=no-drain", what = Killed.POD, mode = Mode.ONE, duration = "1s")
        @PodKill(selector = "app=gateway", keptDown = true, duration = "4s")
        @PodKill(selector = "app=pair", containerNames = "payments", duration = "1s")
        void ends(ChaosRun run) throws InterruptedException {
            Instance down = target("gateway", run), pair = target("pair", run);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> run.pods().stream().noneMatch(pod -> pod.uid().equals(down.uid())));
            Thread.sleep(1000); // a container that is not kept down comes at once
            assertThat(run.pods()).extracting(Instance::uid).doesNotContain(down.uid());
            assertThat(lives(down)).isFalse();
            run.awaitRevert();
            Instance killed = target("draining", run), deleted = target("no-drain", run);
            await().atMost(Duration.ofSeconds(10)).until(() -> run.pods().size() == 8 && !lives(deleted));
            assertThat(lives(killed)).isFalse();
            assertThat(run.pods())
                    .allMatch(PodKillIT::lives)
                    .extracting(Instance::uid)
                    .contains(killed.uid())
                    .doesNotContain(deleted.uid());
            assertThat(run.pods()).as("its first container is spared").anyMatch(pair::isSame);
        }

        @Test
        @PodKill(selector = "app=draining", mode = Mode.ONE, signal = KillSignal.SIGTERM, duration = "4s")
        @PodKill(selector = "app=no-drain", mode = Mode.ONE, signal = KillSignal.SIGTERM, duration = "4s")
        @PodKill(selector = "app=payment-service", duration = "3s")
        @Load(url = "http://draining/", method = "POST", rate = "70/s", timeout = "5s")
        @Load(url = "http://no-drain/", method = "POST", rate = "70/s", timeout = "5s")
        @Load(url = "http://gateway/v1/payments/demo", rate = "70/s")
        @Load(url = "http://gateway-no-reconnect/v1/payments/demo", rate = "70/s")
        @Slo(errorRate = "5%")
        @Slo(phase = Phase.FAULT, errorRate = "8%")
        void isStood() {}
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
