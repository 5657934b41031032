// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pod of a node, as the tools of this machine see it, where the Docker Engine runs: nothing of ours takes part.
 *
 * @param pid its process, as this machine numbers it
 */
record NodePod(long pid) {
    private static final String DNS = "10.43.0.10";

    static NodePod of(Instance pod) throws IOException {
        return ofContainer(((Handle.Container) pod.handle()).id());
    }

    /** The same for a pod of whichever runtime. */
    static NodePod ofAny(Instance pod) throws IOException {
        return pod.handle() instanceof Handle.Container ? of(pod) : new NodePod(pod.pid());
    }

    /** By the id that Kubernetes has for its container. */
    static NodePod ofContainer(String id) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .filter(process -> cgroup(process).contains(id))
                    .mapToLong(process -> Long.parseLong(process.getFileName().toString()))
                    .mapToObj(NodePod::new)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String cgroup(Path process) {
        try {
            return Files.readString(process.resolve("cgroup"));
        } catch (IOException | UncheckedIOException e) {
            return ""; // it ended meanwhile
        }
    }

    /** What the kernel says of the cgroups it is in. */
    String cgroup() {
        return cgroup(Path.of("/proc/" + pid));
    }

    /** Ask the cluster's DNS server. */
    String dig(String... query) throws IOException, InterruptedException {
        List<String> dig = new ArrayList<>(List.of("dig", "@" + DNS, "+tries=1", "+time=2"));
        dig.addAll(List.of(query));
        return run(dig);
    }

    /** What an HTTP request from this pod is answered. */
    String get(String url) throws IOException, InterruptedException {
        return run(List.of("curl", "-sS", "--fail", "--max-time", "5", url));
    }

    /** Seconds that an HTTP request takes from this pod to another. */
    double seconds(String url) throws IOException, InterruptedException {
        return Double.parseDouble(run(List.of("curl", "-sS", "-o", "/dev/null", "-w", "%{time_total}", url)));
    }

    /** The status that an HTTP request from this pod is answered with. */
    int answer(String url) throws IOException, InterruptedException {
        return Integer.parseInt(run(List.of("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", url)));
    }

    /** A field of what the kernel says of its process. */
    String status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** SIGKILL, by the shell's own kill: a base image has no kill executable. */
    void kill() throws IOException, InterruptedException {
        Commands.runAsRoot(List.of("sh", "-c", "kill -9 " + pid));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("nsenter", "--target", Long.toString(pid), "--net"));
        all.addAll(command);
        return Commands.runAsRoot(all);
    }
}
