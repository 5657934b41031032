// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.LastWords;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.PodLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** One life of a container: its process, from its start to its end. */
final class PodProcess {
    private static final String PID = "pod ";
    private static final int KILLED = 137;
    private static final int LOG_MILLIS = 500;
    private static final int COMPLAINT_LINES = 20;

    private final Container container;
    private final ContainerPlan plan;
    private final Process process;
    private final PodLog log;
    private final Path errors;
    private final LongSupplier memoryKills;
    private final long memoryKillsBefore;
    private final LastWords lastWords = new LastWords();
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final CompletableFuture<Void> end;
    private final Thread reader;
    private final long started = System.nanoTime();
    private volatile long ended;
    private volatile boolean orphaned;
    private volatile boolean entered;
    private volatile boolean ready;
    private volatile boolean hasStarted;
    private volatile boolean askedToEnd;
    private volatile String failedProbe = "";

    /**
     * Take over a process that runs {@code container.sh}.
     *
     * @param errors what those around it say on stderr
     * @param memoryKills how often one of its container was killed as there was no more memory for it
     */
    PodProcess(Container container, ContainerPlan plan, Process process, Path errors, LongSupplier memoryKills) {
        this.container = container;
        this.plan = plan;
        this.process = process;
        this.log = container.pod().log();
        this.errors = errors;
        this.memoryKills = memoryKills;
        this.memoryKillsBefore = memoryKills.getAsLong();
        this.end = pid.thenCompose(number -> end(OwnProcess.of(number)))
                .exceptionallyCompose(never -> process.onExit().thenAccept(exited -> {}))
                .thenRun(() -> ended = System.nanoTime());
        this.reader = new Thread(this::read, "log-" + container.pod().title());
        reader.setDaemon(true);
        reader.start();
    }

    /** Whoever is left alone by the tools around it has an exit code that nobody learns. */
    private CompletableFuture<Void> end(OwnProcess program) {
        return program.end(process, () -> orphaned = true);
    }

    /** The program's process as the machine numbers it; waits until its namespaces are made. */
    long pid() {
        try {
            return pid.join();
        } catch (CompletionException e) {
            throw new ClusterException(
                    "pod " + container.title() + " cannot be set up: " + complaints(COMPLAINT_LINES), e);
        }
    }

    /** Wait until its program is about to run; false if it ended before. */
    boolean awaitUp() throws InterruptedException {
        try {
            pid.get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    boolean alive() {
        return !end.isDone();
    }

    /** Whether the program itself runs: from then on it may be hit. */
    boolean runs() {
        if (!alive() || !wasUp()) {
            return false;
        }
        entered = entered || ready || !OwnProcess.isTool(pid.join());
        return entered;
    }

    boolean ready() {
        return ready && alive();
    }

    void ready(boolean now) {
        ready = now;
    }

    /** Whether its startup probe has succeeded, if it has one. */
    boolean hasStarted() {
        return hasStarted;
    }

    void hasStarted(boolean now) {
        hasStarted = now;
    }

    /** What its program was made of. */
    ContainerPlan plan() {
        return plan;
    }

    /** Its end comes from now on of a probe that failed: {@code "its liveness probe failed: …"}. */
    void failed(String probe) {
        failedProbe = probe;
    }

    /** Why it was ended, where that is a probe that failed; empty otherwise. */
    String failedProbe() {
        return failedProbe;
    }

    /** Whether it ended as one that did what it is for. */
    boolean hasSucceeded() {
        return exitCode() == 0 && failedProbe.isEmpty();
    }

    /** Its end is our doing from now on. */
    void askToEnd() {
        askedToEnd = true;
    }

    boolean isAskedToEnd() {
        return askedToEnd;
    }

    /** The exit code of a process that has ended, once its log is complete; 128 + n after signal n. */
    int exitCode() {
        end.join();
        awaitLog();
        return process.exitValue() == 1 && wasUp() && isUnshareAtALoss() ? KILLED : process.exitValue();
    }

    /** util-linux up to 2.38 hands every signal on that its child died of, and fails where that is SIGKILL. */
    private boolean isUnshareAtALoss() {
        return complaints(0).stream().anyMatch(line -> line.startsWith("unshare: "));
    }

    /** How it ended, as far as that can be known. */
    String how() {
        if (orphaned) {
            return "a tool of ours around it had been killed before, so it may have died of that";
        }
        boolean hadNoMemory = exitCode() == KILLED && memoryKills.getAsLong() > memoryKillsBefore;
        return PodEnd.how(exitCode())
                + (hadNoMemory ? ": OOMKilled, as it needed more than its resources.limits.memory" : "");
    }

    /** What it printed last; where it crashed, why it did, and not the end of its stacks. */
    List<String> printed() {
        return lastWords.of(orphaned ? 0 : exitCode());
    }

    /** Its end. */
    PodEnd end(String uid) {
        return new PodEnd(
                container.pod().title(),
                uid,
                container.spec().name(),
                new Handle.LocalProcess(pid()),
                container.label() + (failedProbe.isEmpty() ? "" : failedProbe + "; ") + how(),
                ended,
                Duration.ZERO,
                printed(),
                orphaned);
    }

    /** Whether there ever was a program. */
    boolean wasUp() {
        return pid.isDone() && !pid.isCompletedExceptionally();
    }

    /** How long ago it was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Wait until it is that old. */
    void awaitAge(Duration age) throws InterruptedException {
        Thread.sleep(Math.max(0, age.minus(age()).toMillis()));
    }

    /** How long it ran, once it has ended. */
    Duration ran() {
        return Duration.ofNanos(ended - started);
    }

    /** Do something as soon as it ended. It fails only when the whole node is gone, when it does not matter. */
    void whenEnded(Runnable action) {
        Future<?> unused = end.thenRun(action);
    }

    /** Completes as soon as it ended. */
    CompletableFuture<Void> ending() {
        return end.copy();
    }

    boolean awaitEnd(long millis) {
        try {
            end.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** What the tools that make the pod said, and the last lines of its log. */
    private List<String> complaints(int logLines) {
        List<String> all = new ArrayList<>();
        try {
            all.addAll(Files.readAllLines(errors));
        } catch (IOException e) {
            // the log is what there is
        }
        all.addAll(log.last(logLines));
        return all;
    }

    /** A child of the program's may hold the pipe open for ever: what matters was printed before. */
    private void awaitLog() {
        try {
            reader.join(LOG_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!pid.isDone() && line.startsWith(PID)) {
                    pid.complete(Long.valueOf(line.substring(PID.length())));
                } else {
                    log.append(container.label() + line);
                    lastWords.append(line);
                }
            }
        } catch (IOException e) {
            log.append("(the log ends here: " + e.getMessage() + ")");
        }
        pid.completeExceptionally(new IllegalStateException("it ended"));
    }
}
