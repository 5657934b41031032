// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that someone else started. */
class ChaosAgentOverTests {

    private static final String ANSWER_UNTIL_EOF = "while read line; do echo ok asked=${line%% *}; done\n";

    @TempDir
    Path directory;

    @Test
    @DisplayName("one that is heard from its first line on is asked, and drains on close()")
    void fromTheStart() throws Exception {
        Path drained = directory.resolve("drained");
        AtomicInteger alarms = new AtomicInteger();
        Process process = run("echo ready version=3 pid=77\n" + ANSWER_UNTIL_EOF + "touch " + drained);
        try (ChaosAgent agent = ChaosAgent.over(process, "in the node n1")) {
            agent.onDeath(alarms::incrementAndGet);

            assertThat(agent.pid()).isEqualTo(77);
            assertThat(agent.describe()).isEqualTo("chaos-agent, pid 77, in the node n1");
            assertThat(agent.request(Request.of("list")).text("asked")).isEqualTo("list");
        }
        assertThat(drained).exists();
        assertThat(process.isAlive()).isFalse();
        assertThat(alarms).hasValue(0);
    }

    @Test
    @DisplayName("one that was ready before anybody listened is known by its reply to hello")
    void joinedLate() throws Exception {
        Process process = run("read line; echo ok version=3 kernel=6.8 arch=x86_64 pid=78\n" + ANSWER_UNTIL_EOF);
        try (ChaosAgent agent = ChaosAgent.over(process, "in a pod")) {
            assertThat(agent.pid()).isEqualTo(78);
            assertThat(agent.request(Request.of("list")).text("asked")).isEqualTo("list");
        }
    }

    @Test
    @DisplayName("what is no agent is refused with its first line and where it runs")
    void noAgent() throws Exception {
        HelperException e = overFails("read line; echo \"sh: $line: not found\"; read eof");

        assertThat(e).hasMessageContaining("in the node n1").hasMessageContaining("sh: hello: not found");
    }

    @Test
    @DisplayName("one that ends at once is reported with exit code and error output")
    void endsAtOnce() throws Exception {
        HelperException e = overFails("echo exec format error >&2; exit 126");

        assertThat(e)
                .hasMessageContaining("in the node n1")
                .hasMessageContaining("exit code 126")
                .hasMessageContaining("exec format error");
    }

    @Test
    @DisplayName("its end rings the alarm")
    void dies() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        Process process = run(FakeAgent.READY + ANSWER_UNTIL_EOF);
        try (ChaosAgent agent = ChaosAgent.over(process, "in the node n1")) {
            agent.onDeath(alarm::countDown);

            process.destroyForcibly();

            assertThat(alarm.await(5, SECONDS)).as("the alarm rang").isTrue();
        }
    }

    @Test
    @Timeout(20)
    @DisplayName("close() gives up on a connection that neither takes nor ends anything")
    void deadConnection() throws Exception {
        RemoteProcess process = new RemoteProcess("ok version=3 pid=79\n");
        ChaosAgent agent = ChaosAgent.over(process, "in a pod");

        agent.close(Duration.ofMillis(100));

        assertThat(process.destroyed.await(5, SECONDS)).as("it was destroyed").isTrue();
    }

    private Process run(String script) throws IOException {
        Path file = FakeAgent.script(directory, "remote", script);
        return new ProcessBuilder(file.toString()).start();
    }

    private HelperException overFails(String script) throws IOException {
        Process process = run(script);
        HelperException e =
                catchThrowableOfType(HelperException.class, () -> ChaosAgent.over(process, "in the node n1"));
        assertThat(e.code()).isEqualTo(HelperException.NOT_STARTED);
        return e;
    }
}
