// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The real agent as a process. */
class ChaosAgentTests {

    @Test
    @DisplayName("a killed agent rings the alarm and fails the next request")
    void killed() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        try (ChaosAgent agent = ChaosAgent.start(List.of())) {
            agent.onDeath(alarm::countDown);

            ProcessHandle.of(agent.pid()).orElseThrow().destroyForcibly();

            assertThat(alarm.await(5, SECONDS)).as("the alarm rang").isTrue();
            HelperException e = catchThrowableOfType(HelperException.class, () -> agent.request(Request.of("list")));
            assertThat(e.code()).isEqualTo(HelperException.GONE);
            assertThat(e).hasMessageContaining("exit code 137");
        }
    }

    @Test
    @DisplayName("the agent ends with its JVM, however that ends")
    void orphaned() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphanage.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = jvm.inputReader().readLine();
        ProcessHandle agent = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(agent.isAlive()).isTrue();

        jvm.destroyForcibly();

        agent.onExit().get(5, SECONDS);
    }

    /** Starts an agent and waits to be killed. */
    static final class Orphanage {

        private Orphanage() {}

        public static void main(String[] args) throws Exception {
            ChaosAgent agent = ChaosAgent.start(List.of());
            System.out.println(agent.pid());
            Thread.sleep(60_000);
            agent.close();
        }
    }
}
