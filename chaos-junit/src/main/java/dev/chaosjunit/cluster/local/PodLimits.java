// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.Limits;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.result.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What containers of a node may use at the most.
 *
 * @param controllers those that this machine has
 */
record PodLimits(List<Controller> controllers) {

    /** Processes and threads of a pod: one that starts more and more ends there, and no service comes near. */
    static final int PROCESSES = 4096;

    private static final String MEMORY = "memory";
    private static final String CPU = "cpu";
    private static final String CPU_TIME = "cpuacct"; // of version 1; that of version 2 counts by itself
    private static final int PERIOD_MICROS = 100_000;
    private static final int LEAST_MICROS = 1000;
    private static final int MICROS_A_MILLI = PERIOD_MICROS / 1000;
    private static final String KILLS = "oom_kill ";

    /** What a container's process writes to files, a path and a text each; then it is limited, and what it uses is counted. */
    List<String> settings(String pod, String container, Limits limits) {
        Path cgroup = Path.of(pod, container);
        List<String> settings = new ArrayList<>();
        find("pids")
                .ifPresent(pids ->
                        settings.addAll(pids.limit(Path.of(pod), List.of("pids.max", String.valueOf(PROCESSES)))));
        find(MEMORY)
                .ifPresent(memory -> settings.addAll(memory.limit(
                        cgroup,
                        given(limits.memoryBytes())
                                .map(bytes -> memory(memory, bytes))
                                .orElse(List.of()))));
        find(CPU)
                .ifPresent(cpu -> settings.addAll(cpu.limit(
                        cgroup,
                        given(limits.cpuMillis())
                                .map(millis -> cpu(cpu, millis))
                                .orElse(List.of()))));
        find(CPU_TIME).ifPresent(time -> settings.addAll(time.limit(cgroup, List.of())));
        return settings;
    }

    /** No swap, as with the kubelet. */
    private static List<String> memory(Controller memory, long bytes) {
        String limit = String.valueOf(bytes);
        return memory.isUnified()
                ? List.of("memory.max", limit, "memory.swap.max", "0", "memory.oom.group", "1")
                : List.of("memory.limit_in_bytes", limit, "memory.memsw.limit_in_bytes", limit);
    }

    private static List<String> cpu(Controller cpu, long millis) {
        long quota = Math.max(LEAST_MICROS, millis * MICROS_A_MILLI);
        return cpu.isUnified()
                ? List.of("cpu.max", quota + " " + PERIOD_MICROS)
                : List.of(
                        "cpu.cfs_period_us", String.valueOf(PERIOD_MICROS), "cpu.cfs_quota_us", String.valueOf(quota));
    }

    /** What manifests say in vain, with the limits for which this machine has no controller. */
    LeftOut leftOut(Manifests manifests) {
        Stream<String> missing = manifests.workloads().stream()
                .flatMap(workload -> workload.pod()
                        .allContainers()
                        .flatMap(container -> missing(container.limits()).stream())
                        .distinct()
                        .map(name -> "resources.limits." + name + " of " + workload.title()
                                + ": this machine's cgroups cannot limit it"));
        LeftOut read = manifests.leftOut();
        return new LeftOut(
                read.ignored(),
                Stream.concat(read.withoutEffect().stream(), missing).toList());
    }

    private List<String> missing(Limits limits) {
        return Stream.of(
                        given(limits.memoryBytes()).map(bytes -> MEMORY),
                        given(limits.cpuMillis()).map(millis -> CPU))
                .flatMap(Optional::stream)
                .filter(name -> find(name).isEmpty())
                .toList();
    }

    /** How often a process of this container was killed as there was no more memory for it. */
    long memoryKills(String pod, String container) {
        return find(MEMORY)
                .map(memory -> kills(memory.directory()
                        .resolve(pod)
                        .resolve(container)
                        .resolve(memory.isUnified() ? "memory.events" : "memory.oom_control")))
                .orElse(0L);
    }

    private static long kills(Path events) {
        try (Stream<String> lines = Files.lines(events)) {
            return lines.filter(line -> line.startsWith(KILLS))
                    .mapToLong(line -> Long.parseLong(line.substring(KILLS.length())))
                    .sum();
        } catch (IOException e) {
            return 0; // it has no limit
        }
    }

    private Optional<Controller> find(String name) {
        return controllers.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** A limit of 0 is none. */
    private static Optional<Long> given(OptionalLong limit) {
        return limit.stream().filter(value -> value > 0).boxed().findFirst();
    }
}
