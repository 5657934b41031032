// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosAgentLifeTests {

    private static final String ANSWER_UNTIL_EOF = "while read line; do echo ok; done\n";

    @TempDir
    Path directory;

    @Test
    @DisplayName("an agent that dies in mid-request fails that request at once, and rings the alarm")
    void diesInMidRequest() throws Exception {
        CountDownLatch alarm = new CountDownLatch(1);
        try (ChaosAgent agent =
                FakeAgent.start(directory, FakeAgent.READY + "read line; echo lost the ring >&2; kill -9 $$")) {
            agent.onDeath(alarm::countDown);

            HelperException e = catchThrowableOfType(
                    HelperException.class, () -> agent.request(Request.of("off").with("id", "f1")));

            assertThat(e.code()).isEqualTo(HelperException.GONE);
            assertThat(e)
                    .hasMessageContaining("off id=f1")
                    .hasMessageContaining("exit code 137")
                    .hasMessageContaining("lost the ring");
            assertThat(alarm.await(5, SECONDS)).as("the alarm rang").isTrue();
        }
    }

    @Test
    @DisplayName("after its death every request fails, and a late listener is told at once")
    void staysDead() throws Exception {
        AtomicInteger alarms = new AtomicInteger();
        try (ChaosAgent agent = FakeAgent.start(directory, FakeAgent.READY + "read line; exit 4")) {
            for (int i = 0; i < 3; i++) {
                HelperException e =
                        catchThrowableOfType(HelperException.class, () -> agent.request(Request.of("list")));
                assertThat(e).hasMessageContaining("exit code 4");
            }
            CountDownLatch told = new CountDownLatch(1);
            agent.onDeath(alarms::incrementAndGet);
            agent.onDeath(told::countDown);

            assertThat(told.await(5, SECONDS)).isTrue();
            assertThat(alarms).hasValue(1);
        }
    }

    @Test
    @DisplayName("close() ends the input, waits for what the agent does then, and is no death")
    void close() throws Exception {
        Path drained = directory.resolve("drained");
        AtomicInteger alarms = new AtomicInteger();
        String script = FakeAgent.READY + ANSWER_UNTIL_EOF + "sleep 0.2; touch " + drained;
        ChaosAgent agent = FakeAgent.start(directory, script);
        agent.onDeath(alarms::incrementAndGet);
        agent.request(Request.of("hello"));

        agent.close();
        agent.close();

        assertThat(drained).exists();
        assertThat(ProcessHandle.of(agent.pid()).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(alarms).hasValue(0);
        HelperException e = catchThrowableOfType(HelperException.class, () -> agent.request(Request.of("list")));
        assertThat(e).hasMessageContaining("was closed");
    }

    @Test
    @DisplayName("close() waits for as long as taking the faults apart may take by the agent's own word")
    void closing() throws Exception {
        String script = FakeAgent.READY + "while read line; do echo ok closing_ms=6000; done";
        try (ChaosAgent agent = FakeAgent.start(directory, script)) {
            assertThat(agent.endsWithin()).isEqualTo(Duration.ofSeconds(10));
            agent.request(Request.of("attach").with("id", "a"));
            agent.request(Request.of("attach").with("id", "b"));
            assertThat(agent.endsWithin()).isEqualTo(Duration.ofSeconds(22));
        }
    }

    @Test
    @DisplayName("close() of an agent that does not end says what is waited for, by the agent's own last words")
    void overdue() throws Exception {
        String script = FakeAgent.READY + "cat >/dev/null; echo taking apart f1 >&2; exec sleep 60";
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(ChaosAgent.class.getName());
        Handler handler = new MessageHandler(logged);
        logger.addHandler(handler);
        ChaosAgent agent = FakeAgent.start(directory, script);
        try {
            agent.close(Duration.ofSeconds(1));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged)
                .singleElement(as(STRING))
                .contains("did not end within 1 s", "lifts its faults at once", "taking apart f1");
    }

    private static final class MessageHandler extends Handler {
        private final List<String> messages;

        MessageHandler(List<String> messages) {
            this.messages = messages;
        }

        @Override
        public void publish(LogRecord record) {
            messages.add(new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    @DisplayName("an interrupted thread can still lift a fault, and stays interrupted")
    void interrupted() throws Exception {
        String script = FakeAgent.READY + "read line; sleep 0.2; echo ok drained=3; read eof";
        try (ChaosAgent agent = FakeAgent.start(directory, script)) {
            Thread.currentThread().interrupt();

            Reply reply = agent.request(Request.of("off").with("id", "f1"));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(reply.number("drained")).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("when only sudo is killed, the agent behind it sees the end of its input and drains")
    void sudoKilled() throws Exception {
        Path drained = directory.resolve("drained");
        Path sudo = FakeAgent.script(directory, "sudo", "exec 3<&0; \"$@\" <&3 & exec 3<&-; wait");
        CountDownLatch alarm = new CountDownLatch(1);
        try (ChaosAgent agent =
                FakeAgent.start(directory, FakeAgent.READY + ANSWER_UNTIL_EOF + "touch " + drained, sudo.toString())) {
            agent.onDeath(alarm::countDown);
            ProcessHandle fakeSudo =
                    ProcessHandle.of(agent.pid()).orElseThrow().parent().orElseThrow();
            assertThat(fakeSudo).isNotEqualTo(ProcessHandle.current());

            fakeSudo.destroyForcibly();

            assertThat(alarm.await(10, SECONDS)).as("the alarm rang").isTrue();
            assertThat(Files.exists(drained)).isTrue();
        }
    }

    @Test
    @DisplayName("a talkative agent does not block on its error output")
    void talkative() throws Exception {
        String chatter = "yes chatter | head -c 300000 >&2\n";
        try (ChaosAgent agent = FakeAgent.start(directory, FakeAgent.READY + chatter + ANSWER_UNTIL_EOF)) {
            assertThat(agent.request(Request.of("hello")).values()).isEmpty();
        }
    }
}
