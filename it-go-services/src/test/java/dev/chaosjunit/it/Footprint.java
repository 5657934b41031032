// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of ours stands on this machine, as its own tools tell, with numbers that are not used again.
 *
 * @param links network devices of the host
 * @param cgroups directories below the unified hierarchy
 * @param programs loaded BPF programs of faults on the network and in processes
 * @param namespaces network namespaces of all processes
 */
record Footprint(Set<String> links, Set<String> cgroups, Set<String> programs, Set<String> namespaces) {

    static final Footprint NONE = new Footprint(Set.of(), Set.of(), Set.of(), Set.of());

    static Footprint take() throws IOException, InterruptedException {
        return new Footprint(
                lines("ip -o link | cut -d: -f1,2"),
                lines(
                        "find $(awk '$3 == \"cgroup2\" { print $2 }' /proc/mounts) -type d -name 'chaos-*' -printf '%p %i\\n'"),
                lines("bpftool prog | grep -E 'sched_cls|kprobe' || true"),
                namespacesOfProcesses());
    }

    /** What is here but not there. */
    Footprint without(Footprint other) {
        return combine(other, Set::removeAll);
    }

    /** What is here and there. */
    Footprint of(Footprint other) {
        return combine(other, Set::retainAll);
    }

    private Footprint combine(Footprint other, BiConsumer<Set<String>, Set<String>> operation) {
        return new Footprint(
                combine(links, other.links, operation),
                combine(cgroups, other.cgroups, operation),
                combine(programs, other.programs, operation),
                combine(namespaces, other.namespaces, operation));
    }

    private static Set<String> combine(
            Set<String> mine, Set<String> others, BiConsumer<Set<String>, Set<String>> operation) {
        Set<String> combined = new TreeSet<>(mine);
        operation.accept(combined, others);
        return combined;
    }

    private static Set<String> lines(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output.lines().map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The numbers of the BPF programs that a process holds, itself or by links. */
    static Set<Integer> programsOf(int pid) throws IOException, InterruptedException {
        return lines("cat /proc/" + pid + "/fdinfo/* 2>/dev/null | awk '$1 == \"prog_id:\" { print $2 }'").stream()
                .map(Integer::parseInt)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which of these BPF programs the kernel has. */
    static Set<Integer> loaded(Set<Integer> programs) throws IOException, InterruptedException {
        Set<Integer> loaded = new TreeSet<>(programs);
        loaded.retainAll(lines("bpftool prog | sed -n 's/^\\([0-9]*\\): .*/\\1/p'").stream()
                .map(Integer::parseInt)
                .collect(Collectors.toSet()));
        return loaded;
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
