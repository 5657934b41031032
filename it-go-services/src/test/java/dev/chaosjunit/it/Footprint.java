// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of ours stands on this machine, as its own tools tell.
 *
 * @param links network devices of the host
 * @param cgroups directories below the unified hierarchy
 * @param programs loaded BPF programs of the delay line and the DNS fault
 * @param namespaces network namespaces of all processes
 */
record Footprint(Set<String> links, Set<String> cgroups, Set<String> programs, Set<String> namespaces) {

    static Footprint take() throws IOException, InterruptedException {
        return new Footprint(
                lines("ip -o link | cut -d: -f2"),
                lines("find $(awk '$3 == \"cgroup2\" { print $2 }' /proc/mounts) -type d -name 'chaos-*'"),
                lines("bpftool prog | grep -E 'sched_cls' || true"),
                namespacesOfProcesses());
    }

    Set<String> linksBeyond(Footprint before) {
        return beyond(links, before.links);
    }

    Set<String> cgroupsBeyond(Footprint before) {
        return beyond(cgroups, before.cgroups);
    }

    Set<String> programsBeyond(Footprint before) {
        return beyond(programs, before.programs);
    }

    Set<String> namespacesBeyond(Footprint before) {
        return beyond(namespaces, before.namespaces);
    }

    private static Set<String> beyond(Set<String> now, Set<String> before) {
        Set<String> more = new HashSet<>(now);
        more.removeAll(before);
        return more;
    }

    private static Set<String> lines(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output.lines().map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> namespacesOfProcesses() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .flatMap(Footprint::namespace)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> namespace(Path process) {
        try {
            return Stream.of(Files.readSymbolicLink(process.resolve("ns/net")).toString());
        } catch (IOException e) {
            return Stream.empty(); // it ended meanwhile
        }
    }
}
