// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The namespaces that all pods of a cluster live in, and their guardian: when this JVM ends, so do they. */
final class Node implements AutoCloseable {

    private static final String SCRIPT = RootShell.script("node.sh");
    private static final int END_SECONDS = 10;
    private static final int SIGNALLED = 128;
    private static final int OWN_WORDS = 7; // of its guardian's first line, before the controllers

    private final RootShell shell;
    private final Process guardian;
    private final String number;
    private final AddressPlan addresses;
    private final OwnProcess first;
    private final String cgroup;
    private final long holder;
    private final long guardianPid;
    private final List<Controller> controllers;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private volatile boolean closed;

    private Node(RootShell shell, Process guardian, String[] words) {
        this.shell = shell;
        this.guardian = guardian;
        this.number = words[1];
        this.addresses = new AddressPlan(words[2]);
        this.first = OwnProcess.of(Long.parseLong(words[3]));
        this.cgroup = words[4];
        this.holder = Long.parseLong(words[5]);
        this.guardianPid = Long.parseLong(words[6]);
        this.controllers = Arrays.stream(words)
                .skip(OWN_WORDS)
                .map(word -> word.split("=", 2))
                .map(word -> new Controller(word[0], Path.of(word[1]), word[1].equals(cgroup)))
                .toList();
    }

    /**
     * Make a node in a network of its own.
     *
     * @throws RuntimeUnavailableException when the machine lacks something, with what it is
     * @throws ClusterException when making it fails, with what it said
     */
    static Node start(RootShell shell) {
        long jvm = ProcessHandle.current().pid();
        Process guardian = shell.start(command("start", String.valueOf(jvm)));
        try {
            BufferedReader output = new BufferedReader(new InputStreamReader(guardian.getInputStream(), UTF_8));
            String line = output.readLine();
            if (line != null && line.startsWith("node ")) {
                Node node = new Node(shell, guardian, line.split(" ", -1));
                node.watch(output);
                return node;
            }
            if (line != null && line.startsWith("needs ")) {
                throw new RuntimeUnavailableException("the local runtime " + line);
            }
            String rest = output.lines().collect(Collectors.joining("\n"));
            throw new ClusterException("cannot make a node for the local runtime: "
                    + (line == null ? "its guardian ended without a word" : line + "\n" + rest));
        } catch (IOException e) {
            throw new ClusterException("cannot make a node for the local runtime", e);
        }
    }

    private static List<String> command(String verb, String argument) {
        return List.of("sh", "-c", SCRIPT, "chaos-junit-node", verb, argument);
    }

    private void watch(BufferedReader output) {
        Thread reader = new Thread(() -> read(output), "node-" + number);
        reader.setDaemon(true);
        reader.start();
        var unused = guardian.onExit()
                .thenRun(() -> lose(
                        "the node ended: its guardian (process " + guardianPid + ") " + how(guardian.exitValue())));
    }

    private void read(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("ended ")) {
                    lose("the node ended: " + ended(Integer.parseInt(line.substring("ended ".length()))));
                }
            }
        } catch (IOException e) {
            // the guardian's own end is seen apart
        }
    }

    /** The end of the one is the end of the other, and the exit code does not always tell which was first. */
    private String ended(int exitCode) {
        String process = "its first process (" + first.pid() + ")";
        return exitCode < SIGNALLED
                ? process + " ended"
                : process + ", or the unshare that holds it (" + holder + "), " + how(exitCode);
    }

    private static String how(int exitCode) {
        return exitCode > SIGNALLED
                ? "was killed by signal " + (exitCode - SIGNALLED)
                : "ended with exit code " + exitCode;
    }

    /** Say what of this node's own is gone. */
    void lose(String what) {
        if (!closed) {
            lost.complete(what);
        }
    }

    /** Completes when something of this node's own ended without {@link #close}, with one sentence that says what. */
    CompletableFuture<String> lost() {
        return lost;
    }

    boolean isRunning() {
        return first.isRunning();
    }

    /** The host's end of the link to this node. */
    String link() {
        return "chaos" + number;
    }

    AddressPlan addresses() {
        return addresses;
    }

    /** Its first process, in whose namespaces everything happens. */
    long pid() {
        return first.pid();
    }

    /** The directory below which pods have their cgroups. */
    String cgroup() {
        return cgroup;
    }

    /** Those of {@code memory}, {@code cpu} and {@code pids} that this machine has. */
    List<Controller> controllers() {
        return controllers;
    }

    /**
     * What stands before a command that is to see the node's processes and mounts, and ends with the node. In a session
     * of its own: Ctrl-C is for the JVM.
     */
    List<String> inside() {
        return List.of("setsid", "nsenter", "--pid", "--mount", "--root", "--target", String.valueOf(pid()));
    }

    /** Kill everything in the node and wait until all of it is gone. */
    @Override
    public void close() {
        closed = true;
        try {
            guardian.getOutputStream().close();
            if (!guardian.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new ClusterException("the node behind " + link() + " did not end within " + END_SECONDS
                        + " s; its guardian is process " + guardianPid);
            }
            if (guardian.exitValue() != 0) { // it was killed, and what it would have taken away is there
                shell.run("take away what is left of the node behind " + link(), "", command("end", number));
            }
        } catch (IOException e) {
            throw new ClusterException("cannot tell the guardian of " + link() + " to end it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the guardian goes on without us
        }
    }
}
