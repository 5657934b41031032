// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkCorrupt;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkDuplicate;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.NetworkPartition;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.opentest4j.AssertionFailedError;

@Isolated("compares what is on the machine before and after")
@DisplayName("kill -9 in the middle of a fault")
class KillIT {

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @DisplayName("of the JVM leaves nothing of ours one second later")
    void jvm() throws Exception {
        Footprint before = Footprint.take();
        ChildJvm child = ChildJvm.start(HoldTestCase.class);
        try {
            child.awaitLine(HoldTestCase.INJECTED);
            Footprint ours = Footprint.take().without(before);
            assertThat(ours.links()).isNotEmpty();
            assertThat(ours.cgroups()).isNotEmpty();
            assertThat(ours.programs()).isNotEmpty();
            assertThat(ours.namespaces()).isNotEmpty();
            List<ProcessHandle> descendants = child.descendants();
            assertThat(descendants).hasSizeGreaterThan(3);

            child.kill();
            await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(descendants).noneMatch(KillIT::runs);
                assertThat(ours.of(Footprint.take())).isEqualTo(Footprint.NONE);
            });
        } finally {
            child.kill();
        }
    }

    @Test
    @DisplayName(
            "of the agent ends the fault and the run at once, fails no request, and the experiment is inconclusive")
    void agent() throws IOException {
        assertThat(Fixtures.onlyFailure(AgentTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining(
                        "In the fault window, the agent ended, and its faults with it: chaos-agent, pid ");
        JsonNode windows = new ObjectMapper()
                .readTree(Files.readString(Fixtures.REPORT.resolve("AgentTestCase.killed.json")))
                .at("/loads/0/windows");
        assertThat(windows).hasSize(2).allSatisfy(window -> {
            assertThat(window.get("count").asLong()).isPositive();
            assertThat(window.get("errors").asLong()).isZero();
        });
    }

    @Test
    @DisplayName("of a pod is a failure that names it first, whatever else went wrong, and the pod comes back")
    void pod() throws IOException {
        assertThat(Fixtures.onlyFailure(PodTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .message()
                .containsPattern(
                        "^FAILED: .*\n  Pod auth-service-0 ended [0-9.]+m?s into the fault, and nobody had asked"
                                + " it to: exit code 137 \\(signal 9, SIGKILL\\)\\. It printed last:\n")
                .doesNotContain("Not all pods came back");
        assertThat(Files.readString(Fixtures.REPORT.resolve("PodTestCase.killed.json")))
                .contains("The container of pod auth-service-0 restarted during the fault, which stayed on.");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class HoldTestCase {
        static final String INJECTED = "injected";

        @Test
        @NetworkDelay(selector = "app=user-api", latency = "100ms", duration = "1m")
        @NetworkLoss(selector = "app=user-api", loss = "10%", duration = "1m")
        @NetworkDuplicate(selector = "app=user-api", duplicate = "10%", duration = "1m")
        @NetworkCorrupt(selector = "app=user-api", corrupt = "1%", action = CorruptAction.DETECTED, duration = "1m")
        @NetworkPartition(selector = "app=user-api", duration = "1m", externalTargets = "192.0.2.3")
        @ConnectionReset(selector = "app=user-api", duration = "1m")
        @DnsChaos(selector = "app=user-api", patterns = "*.local", action = DnsAction.DROP, duration = "1m")
        void hold() throws InterruptedException {
            System.out.println(INJECTED);
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "2%")
    static class AgentTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "100ms", duration = "1m")
        @Slo(phase = Phase.FAULT, errorRate = "1%")
        void killed() throws IOException, InterruptedException {
            Thread.sleep(1000);
            kill(agent());
        }

        private static ProcessHandle agent() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().command().orElse("").contains("chaos-agent"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(errorRate = "2%")
    static class PodTestCase {
        @Test
        @NetworkDelay(selector = "app=auth-service", latency = "50ms", duration = "3s")
        void killed(ChaosRun run) throws IOException, InterruptedException {
            Instance target = run.targets().get(0);
            kill(ProcessHandle.of(target.pid()).orElseThrow());
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> run.pods().size() == 2 && run.pods().stream().noneMatch(target::isSame));
            throw new IllegalStateException("the test's own check fails of it");
        }
    }

    /** Whether a process still does anything: one that only waits to be reaped by the system's init does not. */
    static boolean runs(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    /** By the shell's own kill: a base image has no kill executable. */
    private static void kill(ProcessHandle process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -9 " + process.pid())
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
