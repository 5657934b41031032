// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodLog;
import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** One process of a workload, from its start to its end. */
final class Pod {

    /** The name of a pod's interface, seen from inside. */
    static final String DEVICE = "eth0";

    private static final String PID = "pod ";
    private static final String UP = "up";
    private static final int LOG_MILLIS = 500;
    private static final int COMPLAINT_LINES = 20;

    private final int index;
    private final String name;
    private final Workload workload;
    private final String address;
    private final Process process;
    private final PodLog log;
    private final Path errors;
    private final CompletableFuture<Long> pid = new CompletableFuture<>();
    private final CompletableFuture<Boolean> up = new CompletableFuture<>();
    private final CompletableFuture<Void> end;
    private final Thread reader;
    private volatile boolean ready;

    /** Take over a process that runs {@code pod.sh}; errors of those around it are in a file. */
    Pod(int index, String name, Workload workload, String address, Process process, PodLog log, Path errors) {
        this.index = index;
        this.name = name;
        this.workload = workload;
        this.address = address;
        this.process = process;
        this.log = log;
        this.errors = errors;
        this.end = pid.thenCompose(number -> OwnProcess.of(number).end(process))
                .exceptionallyCompose(never -> process.onExit().thenAccept(ended -> {}));
        this.reader = new Thread(this::read, "log-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    Workload workload() {
        return workload;
    }

    String address() {
        return address;
    }

    PodLog log() {
        return log;
    }

    /** The program's process as the machine numbers it; waits until its namespaces are made. */
    long pid() {
        try {
            return pid.join();
        } catch (CompletionException e) {
            throw new ClusterException("pod " + name + " cannot be set up: " + complaints(), e);
        }
    }

    /** Let the program start: its link is there. */
    void release() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new ClusterException("pod " + name + " ended before its program started: " + complaints(), e);
        }
    }

    /** Wait until it can be reached; false if it ended before. Who asks too early waits a second for the next ARP. */
    boolean awaitUp() throws InterruptedException {
        try {
            return up.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean alive() {
        return !end.isDone();
    }

    boolean ready() {
        return ready && alive();
    }

    void ready(boolean now) {
        ready = now;
    }

    /** The exit code of a pod that has ended, once its log is complete; 128 + n after signal n. */
    int exitCode() {
        end.join();
        awaitLog();
        return process.exitValue();
    }

    /** Do something as soon as the pod ended. It fails only when the whole node is gone, when it does not matter. */
    void whenEnded(Runnable action) {
        Future<?> unused = end.thenRun(action);
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

    Instance instance() {
        return new Instance(
                name,
                name,
                workload.name(),
                workload.labels(),
                address,
                new Handle.LocalProcess(pid()),
                DEVICE,
                workload.container().ports().stream()
                        .collect(Collectors.toMap(ContainerPort::name, ContainerPort::number)));
    }

    /** What the tools that make the pod said. */
    private List<String> complaints() {
        try {
            List<String> all = new ArrayList<>(Files.readAllLines(errors));
            all.addAll(log.last(COMPLAINT_LINES));
            return all;
        } catch (IOException e) {
            return log.last(COMPLAINT_LINES);
        }
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
                } else if (!up.isDone() && line.equals(UP)) {
                    up.complete(true);
                } else {
                    log.append(line);
                }
            }
        } catch (IOException e) {
            log.append("(the log ends here: " + e.getMessage() + ")");
        }
        pid.completeExceptionally(new IllegalStateException("it ended"));
        up.complete(false);
    }
}
