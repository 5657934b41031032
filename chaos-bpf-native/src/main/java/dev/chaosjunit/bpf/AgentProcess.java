// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process, here or behind a connection, that answers a line with a line. Its reader thread is the death alarm: it sees the end of the output
 * within milliseconds, whatever else is going on.
 */
final class AgentProcess {

    /** Queued after the last line. No line holds a line end. */
    private static final String END = "\n";

    private static final Duration REAP = Duration.ofSeconds(2);

    private final Process process;
    private final AgentInput input;
    private final StderrTail stderr;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CountDownLatch exited = new CountDownLatch(1);
    private volatile boolean outOfStep;
    private volatile boolean outputEnded;

    /** Talk to a process; {@code onEnd} runs on the reader thread once its output has ended. */
    AgentProcess(Process process, Runnable onEnd) {
        this.process = process;
        input = new AgentInput(process.getOutputStream());
        stderr = new StderrTail(process.getErrorStream());
        inBackground("chaos-agent-stdout", () -> read(onEnd));
        inBackground("chaos-agent-exit", this::closeInputAtExit);
    }

    private static void inBackground(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Kill -9 of sudo leaves the agent behind, with our pipes open: only the end of its input tells it to stop. Not by
     * onExit(), whose thread may get stuck behind the JDK's own clean-up, which waits for the reader of the output.
     */
    private void closeInputAtExit() {
        try {
            process.waitFor();
            exited.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeInput();
    }

    /** Send a line. A process that is gone is found out by {@link #nextLine}. */
    void send(String line) {
        input.send(line);
    }

    /**
     * Wait for the next line.
     *
     * @throws HelperException {@code gone} if the process has ended, {@code timeout} if it says nothing in time; after
     *     that its replies would be out of step, so its input is closed
     */
    String nextLine(String what, Duration atMost) throws HelperException {
        if (outOfStep) {
            throw HelperException.of(
                    HelperException.GONE,
                    "chaos-agent was told to end when it did not answer in time, before \"" + what + "\"."
                            + lastWords(),
                    null);
        }
        String line = Uninterruptibly.<@Nullable String>await(atMost, nanos -> lines.poll(nanos, TimeUnit.NANOSECONDS));
        if (line == null) {
            outOfStep = true;
            closeInput();
            throw HelperException.of(
                    HelperException.TIMEOUT,
                    "chaos-agent did not answer \"" + what + "\" within " + atMost.toSeconds()
                            + " s and was told to end, on which its faults are over at once." + lastWords(),
                    null);
        }
        if (line.equals(END)) {
            lines.add(END);
            throw HelperException.of(
                    HelperException.GONE,
                    "chaos-agent ended" + exitCode() + " at \"" + what + "\"." + lastWords(),
                    null);
        }
        return line;
    }

    /** Whether nothing comes from it any more: it did not answer in time and was told to end, or its output ended. */
    boolean isSilent() {
        return outOfStep || outputEnded;
    }

    /** End the input: the agent hands out what it holds, detaches and exits. Idempotent. */
    void closeInput() {
        input.close();
    }

    boolean awaitExit(Duration atMost) {
        return Uninterruptibly.await(atMost, nanos -> exited.await(nanos, TimeUnit.NANOSECONDS));
    }

    /** Give up on it. Of a remote one this drops the connection, which may take its time. */
    void destroy() {
        inBackground("chaos-agent-destroy", process::destroy);
    }

    String exitCode() {
        return awaitExit(REAP) ? " with exit code " + process.exitValue() : " (no exit code yet)";
    }

    String lastWords() {
        String words = stderr.text();
        return words.isEmpty() ? " It wrote no error output." : " Its error output ends: \"" + words + "\".";
    }

    private void read(Runnable onEnd) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // as good as its end
        }
        outputEnded = true;
        lines.add(END);
        onEnd.run();
    }
}
