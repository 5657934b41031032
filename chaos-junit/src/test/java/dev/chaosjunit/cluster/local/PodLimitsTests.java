// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Limits;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The limits of a container")
class PodLimitsTests {
    private static final Limits BOTH = new Limits(OptionalLong.of(1500), OptionalLong.of(64 << 20));
    private static final Limits ZERO = new Limits(OptionalLong.of(0), OptionalLong.of(0));

    @TempDir
    private Path directory;

    @Test
    @DisplayName("are cgroups of version 1 that it makes and goes to")
    void versionOne() throws IOException {
        make(
                "memory.limit_in_bytes",
                "memory.memsw.limit_in_bytes",
                "cpu.cfs_period_us",
                "cpu.cfs_quota_us",
                "pids.max");

        assertThat(settings(false, BOTH))
                .containsExactly(
                        "web-0/pids.max=4096",
                        "web-0/cgroup.procs=0",
                        "web-0/web/memory.limit_in_bytes=67108864",
                        "web-0/web/memory.memsw.limit_in_bytes=67108864",
                        "web-0/web/cgroup.procs=0",
                        "web-0/web/cpu.cfs_period_us=100000",
                        "web-0/web/cpu.cfs_quota_us=150000",
                        "web-0/web/cgroup.procs=0",
                        "web-0/web/cgroup.procs=0");
        assertThat(settings(false, ZERO))
                .containsExactly(
                        "web-0/pids.max=4096",
                        "web-0/cgroup.procs=0",
                        "web-0/web/cgroup.procs=0",
                        "web-0/web/cgroup.procs=0",
                        "web-0/web/cgroup.procs=0");
    }

    @Test
    @DisplayName("are those of the cgroup of version 2 that it is in, once its pod's lends the controllers")
    void versionTwo() throws IOException {
        make("memory.max", "memory.oom.group", "cpu.max", "pids.max"); // and does not count swap

        assertThat(settings(true, BOTH))
                .containsExactly(
                        "web-0/pids.max=4096",
                        "web-0/cgroup.subtree_control=+memory",
                        "web-0/web/memory.max=67108864",
                        "web-0/web/memory.oom.group=1",
                        "web-0/cgroup.subtree_control=+cpu",
                        "web-0/web/cpu.max=150000 100000");
        assertThat(settings(true, ZERO))
                .containsExactly(
                        "web-0/pids.max=4096",
                        "web-0/cgroup.subtree_control=+memory",
                        "web-0/cgroup.subtree_control=+cpu");
    }

    @Test
    @DisplayName("are told where this machine cannot limit them")
    void missing() {
        PodLimits cpuOnly = new PodLimits(List.of(new Controller("cpu", directory, false)));
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  nodeName: n
                  containers:
                    - {name: a, image: i, resources: {limits: {cpu: 1, memory: 1Gi}}}
                    - {name: b, image: i, resources: {limits: {memory: 1Gi}}}
                    - {name: c, image: i, resources: {limits: {memory: 0}}}
                """;

        assertThat(cpuOnly.leftOut(ManifestReader.read(List.of(new ManifestSource("p.yaml", pod)), List.of()))
                        .withoutEffect())
                .containsExactly(
                        "spec.nodeName (p.yaml:5)",
                        "resources.limits.memory of Pod/p: this machine's cgroups cannot limit it");
        assertThat(new PodLimits(List.of()).settings("p", "a", BOTH)).isEmpty();
    }

    @Test
    @DisplayName("count who was killed for memory, in either version")
    void kills() throws IOException {
        Path cgroup = Files.createDirectories(directory.resolve("web-0/web"));
        Files.writeString(cgroup.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        Files.writeString(cgroup.resolve("memory.events"), "max 7\noom 2\noom_kill 1\noom_group_kill 1\n");

        assertThat(limits(false).memoryKills("web-0", "web")).isEqualTo(3);
        assertThat(limits(true).memoryKills("web-0", "web")).isEqualTo(1);
        assertThat(limits(true).memoryKills("web-0", "other")).isZero();
    }

    private void make(String... files) throws IOException {
        for (String file : files) {
            Files.createFile(directory.resolve(file));
        }
    }

    private PodLimits limits(boolean isUnified) {
        List<Controller> controllers = new ArrayList<>(List.of(
                new Controller("memory", directory, isUnified),
                new Controller("cpu", directory, isUnified),
                new Controller("pids", directory, isUnified)));
        if (!isUnified) {
            controllers.add(new Controller("cpuacct", directory, false));
        }
        return new PodLimits(controllers);
    }

    private List<String> settings(boolean isUnified, Limits limits) {
        List<String> words = limits(isUnified).settings("web-0", "web", limits);
        return IntStream.range(0, words.size() / 2)
                .mapToObj(i -> directory.relativize(Path.of(words.get(2 * i))) + "=" + words.get(2 * i + 1))
                .toList();
    }
}
