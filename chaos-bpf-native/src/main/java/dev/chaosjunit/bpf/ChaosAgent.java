// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The helper as a child process. It lifts every fault and hands out held packets when it is closed, when this JVM ends
 * in whatever way, and when its own input ends. Only the agent needs privileges (root, or {@code sudo -n} as prefix).
 */
public final class ChaosAgent implements Helper {

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration REPLY = Duration.ofSeconds(30);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Pattern READY = Pattern.compile("ready version=1 pid=(\\d{1,10})\\b.*");

    private final String command;
    private final DeathAlarm alarm = new DeathAlarm();
    private final AgentProcess process;
    private final long pid;
    private final Thread shutdownHook = new Thread(this::drain, "chaos-agent-shutdown");
    private volatile boolean closed;

    private ChaosAgent(List<String> command) throws HelperException {
        this.command = String.join(" ", command);
        this.process = spawn(command);
        this.pid = awaitReady();
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
            return new ChaosAgent(command);
        }
    }

    @Override
    public synchronized Reply request(Request request) throws HelperException {
        if (closed) {
            throw HelperException.of(HelperException.GONE, "chaos-agent was closed before \"" + request + "\".", null);
        }
        process.send(request.toLine());
        return Reply.parse(process.nextLine(request.toLine(), REPLY));
    }

    /**
     * Run an action when the agent ends without having been closed, at once if it has. It runs on the thread that
     * watches the agent and must be short.
     */
    public void onDeath(Runnable action) {
        alarm.add(action);
    }

    /** Return the process id of the agent itself, not that of sudo. */
    public long pid() {
        return pid;
    }

    /** Close the agent's input, on which it lifts all faults, and wait for its end, at most 10 s. */
    @Override
    public void close() {
        if (!closed) {
            drain();
            try {
                Runtime.getRuntime().removeShutdownHook(shutdownHook);
            } catch (IllegalStateException e) {
                // the JVM is shutting down, and the hook runs or has run
            }
        }
    }

    @Override
    public String describe() {
        return "chaos-agent, pid " + pid + ", started by: " + command;
    }

    private AgentProcess spawn(List<String> arguments) throws HelperException {
        try {
            return new AgentProcess(arguments, alarm::ring);
        } catch (IOException e) {
            throw notStarted(
                    e.getMessage() + ". Where temporary files may not be executed (noexec), set -Djava.io.tmpdir or -D"
                            + AgentExecutable.PROPERTY + "=PATH",
                    e);
        }
    }

    private long awaitReady() throws HelperException {
        String line;
        try {
            line = process.nextLine("start", START);
        } catch (HelperException e) {
            throw notStarted(
                    e.getMessage() + " Run the tests as root, or allow sudo without a password for this command", e);
        }
        Matcher ready = READY.matcher(line);
        if (!ready.matches()) {
            process.closeInput();
            throw notStarted("its first line should match " + READY + " but is \"" + line + "\"", null);
        }
        return Long.parseLong(ready.group(1));
    }

    private HelperException notStarted(String why, @Nullable Exception cause) {
        return HelperException.of(
                HelperException.NOT_STARTED, "chaos-agent did not start (" + command + "): " + why + ".", cause);
    }

    /** Never by a signal: it would only reach sudo, and the agent would live on. */
    private void drain() {
        closed = true;
        alarm.disarm();
        process.closeInput();
        if (!process.awaitExit(DRAIN)) {
            System.getLogger(ChaosAgent.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "chaos-agent (pid {0}) did not end within {1} s of the end of its input",
                            Long.toString(pid),
                            DRAIN.toSeconds());
        }
    }
}
