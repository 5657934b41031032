// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KeepAliveTests {

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration PATIENT = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    @Timeout(20)
    @DisplayName("hello is said when nothing else is asked, and no more after close()")
    void saysHello() throws Exception {
        Path heard = directory.resolve("heard");
        String script = FakeAgent.READY + "while read line; do echo $line >> " + heard + "; echo ok n=1; done";
        AtomicInteger alarms = new AtomicInteger();
        try (ChaosAgent agent = FakeAgent.start(directory, script)) {
            agent.onDeath(alarms::incrementAndGet);
            agent.keepAlive(OFTEN, PATIENT);
            while (Files.notExists(heard) || Files.readAllLines(heard).size() < 3) {
                Thread.sleep(5);
            }
            assertThat(agent.request(Request.of("list")).number("n")).isEqualTo(1);
        }
        List<String> said = Files.readAllLines(heard);
        assertThat(said).startsWith("hello", "hello", "hello").contains("list");
        Thread.sleep(OFTEN.toMillis() * 5);
        assertThat(Files.readAllLines(heard)).isEqualTo(said);
        assertThat(alarms).hasValue(0);
    }

    @Test
    @DisplayName("a refused hello is as good as death")
    void refused() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        String script = FakeAgent.READY + "while read line; do echo error code=failed errno=0 msg=no; done";
        try (ChaosAgent agent = FakeAgent.start(directory, script)) {
            agent.onDeath(alarm::countDown);
            agent.keepAlive(OFTEN, PATIENT);

            assertThat(alarm.await(10, SECONDS)).as("the alarm rang").isTrue();
        }
    }

    @Test
    @Timeout(20)
    @DisplayName("a connection that died silently rings the alarm once, and the next request fails at once")
    void unanswered() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        AtomicInteger alarms = new AtomicInteger();
        ChaosAgent agent = ChaosAgent.over(new RemoteProcess("ok version=3 pid=80\n"), "in a pod");
        agent.onDeath(alarms::incrementAndGet);
        agent.onDeath(alarm::countDown);

        agent.keepAlive(OFTEN, OFTEN);

        assertThat(alarm.await(10, SECONDS)).as("the alarm rang").isTrue();
        HelperException e = catchThrowableOfType(HelperException.class, () -> agent.request(Request.of("list")));
        assertThat(e.code()).isEqualTo(HelperException.GONE);
        assertThat(e).hasMessageContaining("did not answer in time");
        assertThat(alarms).hasValue(1);
        agent.close(OFTEN);
    }

    @Test
    @Timeout(20)
    @DisplayName("one elsewhere that falls silent is lost after its time; neither a request nor close() waits longer")
    void lost() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        ChaosAgent agent = ChaosAgent.over(new RemoteProcess("ok version=3 pid=80\n"), "in a pod");
        agent.onDeath(alarm::countDown);
        long start = System.nanoTime();
        agent.lostAfter(Duration.ofMillis(400));

        HelperException e = catchThrowableOfType(
                HelperException.class, () -> agent.request(Request.of("off").with("id", "f1")));

        assertThat(e.code()).isIn(HelperException.TIMEOUT, HelperException.GONE);
        assertThat(alarm.await(10, SECONDS)).as("the alarm rang").isTrue();
        agent.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("the real agent with --silence lives as long as it is kept alive")
    void realAgent() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        try (AgentExecutable executable = AgentExecutable.find();
                ChaosAgent kept = ChaosAgent.over(silent(executable), "here")) {
            kept.keepAlive(Duration.ofMillis(200), PATIENT);
            Process alone = silent(executable);
            try (ChaosAgent left = ChaosAgent.over(alone, "here")) {
                left.onDeath(alarm::countDown);

                assertThat(alarm.await(10, SECONDS)).as("the other one ended").isTrue();
                assertThat(alone.waitFor()).isZero();
            }
            assertThat(kept.request(Request.of("hello")).number("pid")).isEqualTo(kept.pid());
        }
    }

    @Test
    @DisplayName("an interval that is not positive is refused")
    void badInterval() throws Exception {
        try (ChaosAgent agent = FakeAgent.start(directory, FakeAgent.READY + "read eof")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> agent.lostAfter(Duration.ZERO))
                    .withMessageContaining("PT0S");
        }
    }

    private static Process silent(AgentExecutable executable) throws Exception {
        return new ProcessBuilder(executable.path().toString(), "--silence", "2").start();
    }
}
