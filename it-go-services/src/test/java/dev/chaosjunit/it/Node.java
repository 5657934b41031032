// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * A node, by the Docker command.
 *
 * @param container its id, or the beginning of it
 */
record Node(String container) {

    /** The node that a pod is on: its name is its container's. */
    static Node of(Instance pod) {
        return new Node(pod.handle().node());
    }

    /** All nodes of this JVM. */
    static List<Node> ofThisJvm() throws IOException, InterruptedException {
        return Commands.run(
                        "docker",
                        "ps",
                        "--quiet",
                        "--filter",
                        "label=dev.chaosjunit.node",
                        "--filter",
                        "label=" + DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL + "="
                                + DockerClientFactory.SESSION_ID)
                .lines()
                .map(Node::new)
                .toList();
    }

    static boolean exists(String container) throws IOException, InterruptedException {
        return !Commands.run("docker", "ps", "--all", "--quiet", "--filter", "id=" + container)
                .isBlank();
    }

    String kubectl(String... arguments) throws IOException, InterruptedException {
        return Commands.run(
                Stream.concat(Stream.of("docker", "exec", container, "k3s", "kubectl"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** What a command of its shell prints. */
    String sh(String command) throws IOException, InterruptedException {
        return Commands.run("docker", "exec", container, "sh", "-c", command);
    }

    /** The numbers of the BPF programs that its agents hold; other nodes' agents may be at work beside them. */
    Set<Integer> programs() throws IOException, InterruptedException {
        Set<Integer> programs = new TreeSet<>();
        for (String line : processes().lines().toList()) {
            if (line.contains("chaos-agent")) {
                programs.addAll(Footprint.programsOf(new Scanner(line).nextInt()));
            }
        }
        return programs;
    }

    /** The commands that run in it, a line each. */
    String processes() throws IOException, InterruptedException {
        return Commands.run("docker", "top", container, "-eo", "pid,args");
    }
}
