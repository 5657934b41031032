// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.bpf.AgentProgram;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.image.Architecture;
import dev.chaosjunit.cluster.manifest.Listener;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The process of a node that takes the listeners of its pods, answers for them while there is no fault, and lends them to
 * helpers. It ends with the node: a pod never outlives it.
 */
final class Keeper {

    private static final String PURPOSE = "start the keeper of the pods' listeners";

    private final Node node;

    private Keeper(Node node) {
        this.node = node;
    }

    /** Start it and wait until it listens, before the first pod that needs it. */
    static Keeper start(RootShell shell, Node node) {
        List<String> command = new ArrayList<>(node.inside());
        command.addAll(List.of("sh", "-c", RootShell.script("keeper.sh"), "chaos-junit-keeper", directory(node)));
        try (InputStream program = AgentProgram.open(Architecture.ofThisMachine())) {
            shell.run(PURPOSE, program.readAllBytes(), command);
            return new Keeper(node);
        } catch (IOException | HelperException e) {
            throw new ClusterException("cannot " + PURPOSE + ": " + e.getMessage(), e);
        }
    }

    /** What stands before a program that is to have a listener. */
    static List<String> launch(Node node, Listener listener) {
        List<String> command = new ArrayList<>(List.of(directory(node) + "/chaos-agent", "launch"));
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
