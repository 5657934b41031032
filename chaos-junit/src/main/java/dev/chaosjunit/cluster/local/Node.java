// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The namespaces that all pods of a cluster live in, and their guardian: when this JVM ends, so do they. */
final class Node implements AutoCloseable {

    private static final int END_SECONDS = 10;

    private final Process guardian;
    private final String link;
    private final AddressPlan addresses;
    private final long pid;
    private final String cgroup;

    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private volatile boolean closed;

    private Node(Process guardian, String[] words) {
        this.guardian = guardian;
        this.link = "chaos" + words[1];
        this.addresses = new AddressPlan(words[2]);
        this.pid = Long.parseLong(words[3]);
        this.cgroup = words[4];
    }

    /**
     * Make a node in a network of its own.
     *
     * @throws RuntimeUnavailableException when the machine lacks something, with what it is
     * @throws ClusterException when making it fails, with what it said
     */
    static Node start(RootShell shell) {
        long jvm = ProcessHandle.current().pid();
        Process guardian =
                shell.start(List.of("sh", "-c", RootShell.script("node.sh"), "chaos-junit-node", String.valueOf(jvm)));
        try {
            BufferedReader output = new BufferedReader(new InputStreamReader(guardian.getInputStream(), UTF_8));
            String line = output.readLine();
            if (line != null && line.startsWith("node ")) {
                Node node = new Node(guardian, line.split(" ", -1));
                node.watch();
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

    /** The host's end of the link to this node. */
    String link() {
        return link;
    }

    AddressPlan addresses() {
        return addresses;
    }

    /** Its first process, in whose namespaces everything happens. */
    long pid() {
        return pid;
    }

    /** The directory below which pods have their cgroups. */
    String cgroup() {
        return cgroup;
    }

    /** What stands before a command that is to see the node's processes and mounts, and ends with the node. */
    List<String> inside() {
        return List.of("nsenter", "--pid", "--mount", "--root", "--target", String.valueOf(pid));
    }

    /** Completes when this ended without being closed, with what ended. */
    CompletableFuture<String> lost() {
        return lost;
    }

    private void watch() {
        var unused = guardian.onExit().thenRun(() -> {
            if (!closed) {
                lost.complete("the node ended: its guardian (process " + guardian.pid() + ") was killed");
            }
        });
    }

    /** Kill everything in the node and wait until all of it is gone. */
    @Override
    public void close() {
        closed = true;
        try {
            guardian.getOutputStream().close();
            if (!guardian.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new ClusterException("the node behind " + link + " did not end within " + END_SECONDS
                        + " s; its guardian is process " + guardian.pid());
            }
        } catch (IOException e) {
            throw new ClusterException("cannot tell the guardian of " + link + " to end it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the guardian goes on without us
        }
    }
}
