// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.manifest.Listener;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The process of a node that takes the listeners of its pods, answers for them while there is no fault, and lends them to
 * helpers. It ends with the node: a pod never outlives it.
 */
final class Keeper {

    private static final String PURPOSE = "start the keeper of the pods' listeners";

    private static final String PID = "keeper ";
    private static final int NODE_FIRST_MILLIS = 200;
    private static final int LISTENING = 2; // lines

    private final Node node;
    private final OwnProcess process;

    private Keeper(Node node, OwnProcess process) {
        this.node = node;
        this.process = process;
    }

    /** Start it and wait until it listens, before the first pod that needs it. */
    static Keeper start(RootShell shell, Node node) {
        List<String> command = new ArrayList<>(node.inside());
        command.addAll(List.of("sh", "-c", RootShell.script("keeper.sh"), "chaos-junit-keeper", directory(node)));
        command.add(NodeAgent.path(node));
        return listening(node, shell.start(command));
    }

    private static Keeper listening(Node node, Process around) {
        List<String> said = new BufferedReader(new InputStreamReader(around.getInputStream(), UTF_8))
                .lines()
                .limit(LISTENING)
                .toList();
        if (said.size() < LISTENING || !said.get(0).startsWith(PID)) {
            throw new ClusterException("cannot " + PURPOSE + ": " + String.join("\n", said));
        }
        Keeper keeper =
                new Keeper(node, OwnProcess.of(Long.parseLong(said.get(0).substring(PID.length()))));
        keeper.watch(around);
        return keeper;
    }

    /** Tell the node when this has ended and the node has not, which takes it along: word of that may come later. */
    private void watch(Process around) {
        var unused = process.end(around)
                .thenRunAsync(
                        () -> {
                            if (node.isRunning()) {
                                node.lose("the keeper of the pods' listeners (process " + process.pid() + ") ended");
                            }
                        },
                        CompletableFuture.delayedExecutor(NODE_FIRST_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** What stands before a program that is to have a listener. */
    static List<String> launch(Node node, Listener listener) {
        List<String> command = new ArrayList<>(List.of(NodeAgent.path(node), "launch"));
        if (listener == Listener.ENTER) {
            command.add("--enter");
        }
        command.addAll(List.of(directory(node), "--"));
        return command;
    }

    /** Its socket for helpers, which are outside of the node. */
    String control() {
        return "/proc/" + node.pid() + "/root" + directory(node) + "/control.sock";
    }

    /**
     * Where a mount of the node's own lies. A cgroup may seem an odd place for one: but it is the one directory that is
     * this node's alone, and that goes with it however this JVM ends.
     */
    private static String directory(Node node) {
        return node.cgroup() + "/keeper";
    }
}
