// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the kernel of this machine counts of a pod's first container, whichever runtime it is in: nothing of ours takes part.
 *
 * @param files of its cgroups: of version 1 one for each controller, of version 2 one for all
 */
record PodCgroup(Map<String, Path> files) {

    static PodCgroup of(Instance pod) throws IOException {
        return of(
                pod.handle() instanceof Handle.LocalProcess process
                        ? process.pid()
                        : NodePod.of(pod).pid());
    }

    /** By a process of it, as this machine numbers those. */
    static PodCgroup of(long pid) throws IOException {
        Map<String, String> paths = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
            String[] parts = line.split(":", 3);
            for (String controller : parts[1].split(",", -1)) {
                paths.put(controller, parts[2]);
            }
        }
        Map<String, Path> files = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
            String[] mount = line.split(" ", -1);
            if (mount[2].equals("cgroup2")) {
                files.put("", Path.of(mount[1] + paths.get("")));
            } else if (mount[2].equals("cgroup")) {
                List.of(mount[3].split(",", -1)).stream()
                        .filter(paths::containsKey)
                        .forEach(controller -> files.put(controller, Path.of(mount[1] + paths.get(controller))));
            }
        }
        assertThat(files.values()).allMatch(Files::isDirectory);
        return new PodCgroup(files);
    }

    private boolean isOfVersionOne(String controller) {
        return files.containsKey(controller);
    }

    private Path directory(String controller) {
        return files.getOrDefault(controller, files.getOrDefault("", Path.of("/none")));
    }

    /** Processor time that all of it has used, in milliseconds. */
    long cpuMillis() throws IOException {
        if (isOfVersionOne("cpuacct")) {
            return Long.parseLong(Files.readString(directory("cpuacct").resolve("cpuacct.usage"))
                            .strip())
                    / 1_000_000;
        }
        return Files.readAllLines(directory("").resolve("cpu.stat")).stream()
                        .filter(line -> line.startsWith("usage_usec "))
                        .mapToLong(line -> Long.parseLong(line.split(" ", 2)[1]))
                        .sum()
                / 1000;
    }

    /** Bytes that all of it has now. */
    long memory() throws IOException {
        String file = isOfVersionOne("memory") ? "memory.usage_in_bytes" : "memory.current";
        return Long.parseLong(
                Files.readString(directory("memory").resolve(file)).strip());
    }

    /** The names of its processes. */
    List<String> processes() throws IOException {
        return Files.readAllLines(directory("memory").resolve("cgroup.procs")).stream()
                .flatMap(pid -> name(pid).stream())
                .toList();
    }

    private static Optional<String> name(String pid) {
        try {
            return Optional.of(
                    Files.readString(Path.of("/proc/" + pid + "/comm")).strip());
        } catch (IOException e) {
            return Optional.empty(); // it ended meanwhile
        }
    }

    /** Workers come a moment after the fault was switched on. */
    void awaitProcesses(String... names) {
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(processes()).contains(names));
    }
}
