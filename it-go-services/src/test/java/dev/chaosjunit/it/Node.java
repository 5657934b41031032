// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * A node, by the Docker command.
 *
 * @param container its id, or the beginning of it
 */
record Node(String container) {

    /** A container's cgroup, by the engine's two drivers; the first is the node's, those below are its pods'. */
    private static final Pattern CONTAINER = Pattern.compile("/docker[/-]([0-9a-f]{64})");

    /** The node that a pod is on; clusters side by side have nodes of the same names. */
    static Node of(Instance pod) throws IOException {
        Matcher container = CONTAINER.matcher(NodePod.of(pod).cgroup());
        if (!container.find()) {
            throw new IllegalStateException("pod " + pod.name() + " is in no container of the Docker Engine");
        }
        return new Node(container.group(1).substring(0, 12));
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

    /** Run a program of the node. */
    String run(String program, String verb, String... arguments) throws IOException, InterruptedException {
        return Commands.run(Stream.concat(Stream.of("docker", "exec", container, program, verb), Stream.of(arguments))
                .toArray(String[]::new));
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
