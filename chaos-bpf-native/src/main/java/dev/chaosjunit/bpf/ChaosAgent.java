// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The helper as a process: a child of this JVM, or one that runs elsewhere. It lifts every fault and hands out held
 * packets when it is closed, when this JVM ends in whatever way, and when its own input ends. Only the agent needs
 * privileges (root, or {@code sudo -n} as prefix).
 */
public final class ChaosAgent implements Helper {

    private static final Duration REPLY = Duration.ofSeconds(30);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(10); // and what closing may cost

    private final String origin;
    private final DeathAlarm alarm = new DeathAlarm();
    private final AgentProcess process;
    private final long pid;
    private final ClosingTime closing = new ClosingTime(System::nanoTime);
    private final Thread shutdownHook = new Thread(() -> drain(endsWithin()), "chaos-agent-shutdown");
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long askedNanos = System.nanoTime();
    private volatile Duration answersWithin = REPLY;
    private volatile boolean elsewhere;

    /** How to learn the pid of an agent, and that it is one. */
    @FunctionalInterface
    private interface Handshake {
        long pidOf(AgentProcess process) throws HelperException;
    }

    private ChaosAgent(Process process, String origin, Handshake handshake) throws HelperException {
        this.origin = origin;
        this.process = new AgentProcess(process, alarm::ring);
        this.pid = handshake.pidOf(this.process);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Start an agent and wait until it is ready. The executable comes from the jar, or is the file that the system
     * property {@code chaos.agent} names.
     *
     * @param prefix what the command line starts with, for example {@code ["sudo", "-n"]}; empty to run it directly
     * @throws HelperException with code {@link HelperException#NOT_STARTED}, the exit code and the error output
     */
    public static ChaosAgent start(List<String> prefix) throws HelperException {
        try (AgentExecutable executable = AgentExecutable.find()) {
            List<String> command = new ArrayList<>(prefix);
            command.add(executable.path().toString());
            command.add("--parent");
            command.add(Long.toString(ProcessHandle.current().pid()));
            return startedBy(command);
        }
    }

    /**
     * Talk to an agent that someone else started, with or without its first line: one joined late is known by its reply
     * to {@code hello}. Start it with {@code --silence} where its connection may vanish without an end of input, and
     * then call {@link #keepAlive}.
     *
     * @param process the agent, or a connection to it in the form of a process: its three streams, {@code waitFor()},
     *     {@code exitValue()} and {@code destroy()} are used, the last when it has not ended 10 s after its input
     * @param description where it runs, for reports and messages: {@code in the K3s node 3f2a}
     * @throws HelperException with code {@link HelperException#NOT_STARTED}; the input of the process is closed then,
     *     destroying it is left to the caller
     */
    public static ChaosAgent over(Process process, String description) throws HelperException {
        try {
            return new ChaosAgent(process, description, AgentHandshake::hello);
        } catch (HelperException e) {
            throw notStarted(description, e.getMessage(), e);
        }
    }

    @Override
    public Reply request(Request request) throws HelperException {
        try {
            return ask(request, patience(request.verb()));
        } catch (HelperException e) {
            if (e.code().equals(HelperException.TIMEOUT)) {
                alarm.ring(); // behind a dead connection no end of output ever comes
            }
            throw e;
        }
    }

    private Duration patience(String verb) {
        return switch (verb) {
            case "attach" -> REPLY;
            case "detach" -> answersWithin.plus(closing.left()); // it may be at what was detached before
            default -> answersWithin;
        };
    }

    /**
     * From now on count it as lost when it has been silent for so long, until closed: for an agent elsewhere, whose
     * connection may vanish without an end. It is said {@code hello} whenever nothing else has been asked for a quarter of
     * that, 5 s at most, so one with {@code --silence} should be given 15 s. Only to attach may take longer, and to detach probes of processes.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public void lostAfter(Duration silence) {
        Duration quarter = silence.dividedBy(4);
        Duration interval = quarter.compareTo(LONGEST_INTERVAL) < 0 ? quarter : LONGEST_INTERVAL;
        keepAlive(interval, silence.minus(interval));
        answersWithin = silence;
        elsewhere = true;
    }

    void keepAlive(Duration interval, Duration answerWithin) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("The interval of a keep-alive must be positive but is " + interval);
        }
        new KeepAlive(interval, () -> askedNanos, () -> ask(Request.of("hello"), answerWithin))
                .start(closed, alarm::ring);
    }

    @Override
    public void onDeath(Runnable action) {
        alarm.add(action);
    }

    /** Return the process id of the agent itself, not that of sudo, as it is in its own pid namespace. */
    public long pid() {
        return pid;
    }

    /**
     * Close the agent's input, on which it lifts all faults at once, and wait until it has taken them apart and ended:
     * at most 10 s and what that may cost by its own word, 2 s for each probe in a process. Then give up on it; at once on
     * one elsewhere from which nothing comes any more.
     */
    @Override
    public void close() {
        close(endsWithin());
    }

    void close(Duration atMost) {
        if (!isClosed()) {
            drain(atMost);
            try {
                Runtime.getRuntime().removeShutdownHook(shutdownHook);
            } catch (IllegalStateException e) {
                // the JVM is shutting down, and the hook runs or has run
            }
        }
    }

    @Override
    public String describe() {
        return "chaos-agent, pid " + pid + ", " + origin;
    }

    private static ChaosAgent startedBy(List<String> command) throws HelperException {
        String line = String.join(" ", command);
        Process process;
        try {
            process = BusyFile.start(new ProcessBuilder(command));
        } catch (IOException e) {
            throw notStarted(
                    line,
                    e.getMessage() + ". Where temporary files may not be executed (noexec), set -Djava.io.tmpdir or -D"
                            + AgentExecutable.PROPERTY + "=PATH.",
                    e);
        }
        try {
            return new ChaosAgent(process, "started by: " + line, AgentHandshake::ready);
        } catch (HelperException e) {
            throw notStarted(
                    line,
                    e.getMessage() + " Run the tests as root, or as a user who may run everything by sudo without a"
                            + " password. A rule for this command alone is no smaller right: it faults any process.",
                    e);
        }
    }

    private static HelperException notStarted(String origin, @Nullable String why, Exception cause) {
        return HelperException.of(
                HelperException.NOT_STARTED, "chaos-agent did not start (" + origin + "): " + why, cause);
    }

    private synchronized Reply ask(Request request, Duration within) throws HelperException {
        if (isClosed()) {
            throw HelperException.of(HelperException.GONE, "chaos-agent was closed before \"" + request + "\".", null);
        }
        process.send(request.toLine());
        try {
            Reply reply = Reply.parse(process.nextLine(request.toLine(), within));
            closing.answered(request, reply);
            return reply;
        } finally {
            askedNanos = System.nanoTime();
        }
    }

    Duration endsWithin() {
        boolean lost = elsewhere && process.isSilent();
        return lost ? Duration.ZERO : DRAIN.plus(closing.left());
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Not by a signal: it would only reach sudo, and the agent would live on. */
    private void drain(Duration atMost) {
        alarm.disarm();
        closed.countDown();
        process.closeInput();
        if (!process.awaitExit(atMost)) {
            System.getLogger(ChaosAgent.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} did not end within {1} s of the end of its input, on which it lifts its faults at"
                                    + " once and then takes them apart.{2}",
                            describe(),
                            atMost.toSeconds(),
                            process.lastWords());
            process.destroy();
        }
    }
}
