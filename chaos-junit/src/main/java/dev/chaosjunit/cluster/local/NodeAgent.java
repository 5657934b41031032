// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.bpf.AgentProgram;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.image.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The agent's executable in a node, for its pods to be started by: no file that others can write is run as root. */
final class NodeAgent {

    /** Its directory is a mount of the node's own, as for the {@link Keeper}. */
    private static final String INSTALL = """
            mkdir "$0"
            mount -t tmpfs -o mode=0755 chaos-junit-agent "$0"
            cat >"$0/chaos-agent"
            chmod 0755 "$0/chaos-agent"
            mount --bind "$0/chaos-agent" "$0/chaos-agent" # whom a pod sees for a moment, as /proc/PID/exe of a probe
            mount -o remount,bind,ro "$0/chaos-agent\"""";

    private NodeAgent() {}

    /** Put it there, before the first pod. */
    static void install(RootShell shell, Node node) {
        List<String> command = new ArrayList<>(node.inside());
        command.addAll(List.of("sh", "-euc", INSTALL, directory(node)));
        String purpose = "put the agent into the node behind " + node.link();
        try (InputStream program = AgentProgram.open(Architecture.ofThisMachine())) {
            shell.run(purpose, program.readAllBytes(), command);
        } catch (IOException | HelperException e) {
            throw new ClusterException("cannot " + purpose + ": " + e.getMessage(), e);
        }
    }

    /** Where it lies, as the node sees it. */
    static String path(Node node) {
        return directory(node) + "/chaos-agent";
    }

    /** A directory of a pod's that lives as long as the node; {@code pod.sh} makes it. */
    static Path kept(Node node, String pod) {
        return Path.of(directory(node), pod);
    }

    /** A file system of the node's own, which nothing in a pod sees but what is shown to it. */
    static String directory(Node node) {
        return node.cgroup() + "/agent";
    }
}
