// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.Probing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A probe of a pod of a local cluster")
class LocalProbesIT {

    private static final String READINESS = "          readinessProbe:\n";
    private static final String CHECK =
            "{exec: {command: [hello, check, %s]}, periodSeconds: 1, failureThreshold: 1}\n";
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    @DisplayName("for liveness that fails for good restarts the container, which is told to end first, and named")
    void liveness() throws IOException {
        String liveness = "          livenessProbe: {httpGet: {path: /readyz, port: http}, periodSeconds: 1, "
                + "failureThreshold: 2}\n";
        String environment = "            - name: UNREADY_FILE\n              value: /tmp/unready\n          ports:";
        try (LocalCluster cluster = HelloCluster.start(
                yaml -> yaml.replace(READINESS, liveness + READINESS).replace("          ports:", environment), LONG)) {
            Instance first = cluster.instances().get(0);
            assertThat(cluster.probing(first).probes())
                    .containsExactly(everySecond(8080), everySecond(8080)); // whether it is ready, and alive
            Files.createFile(inside(first).resolve("tmp/unready"));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.ends()).hasSize(1));
            PodEnd end = cluster.ends().get(0);
            assertThat(end.pod()).isEqualTo("hello-0");
            assertThat(end.how())
                    .isEqualTo("its liveness probe failed: GET http://" + first.address()
                            + ":8080/readyz: 503; exit code 0");
            assertThat(end.printed()).endsWith("asked to end");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.instances())
                            .hasSize(2)
                            .noneMatch(first::isSame)
                            .hasSize(2 - cluster.unready().size()));
        }
    }

    @Test
    @DisplayName("is asked by a program that nobody can change, as pods see it for a moment")
    void agent() throws IOException {
        try (LocalCluster cluster = HelloCluster.start()) {
            long outside = ProcessHandle.of(cluster.instances().get(0).pid())
                    .flatMap(ProcessHandle::parent) // unshare, in the pod's mounts
                    .flatMap(ProcessHandle::parent) // nsenter, in the node's
                    .orElseThrow()
                    .pid();
            assertThat(Files.readAllLines(Path.of("/proc/" + outside + "/mountinfo")))
                    .filteredOn(mount -> mount.contains("/chaos-agent "))
                    .singleElement()
                    .asString()
                    .matches(".*/chaos-agent ro,.*");
        }
    }

    @Test
    @DisplayName("by a command runs in the container; startup that fails for good fails the start")
    void startup() {
        String startup = "          startupProbe: " + CHECK.formatted("/etc/hosts");
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> HelloCluster.start(yaml -> yaml.replace(READINESS, startup + READINESS), LONG))
                .withMessageMatching("(?s)pod hello-([01]) ended with exit code 0 before it was ready, as its startup"
                        + " probe failed: exec hello check /etc/hosts: exit code 1, \".*/etc/hosts is there, for"
                        + " hello-\\1 as well\"; it printed last:\n  .*asked to end");
    }

    @Test
    @DisplayName("for liveness is asked once the one for startup was good, and a command in the container's cgroups")
    void afterStartup() throws IOException {
        String probes = "          startupProbe: " + CHECK.formatted("/nowhere") + "          livenessProbe: "
                + CHECK.formatted("/tmp/sick") + "          resources: {limits: {memory: 64Mi, cpu: \"1\"}}\n";
        String deaf = "            - name: MODE\n              value: deaf\n          ports:";
        try (LocalCluster cluster = HelloCluster.start(
                yaml -> yaml.replace(READINESS, probes + READINESS)
                        .replace("          ports:", deaf)
                        .replace("terminationGracePeriodSeconds: 5", "terminationGracePeriodSeconds: 1"),
                LONG)) {
            Instance second = cluster.instances().get(1);
            assertThat(cluster.probing(second).probes())
                    .containsExactly(everySecond(8080)); // a command is no connection
            List<String> cgroups = Files.readAllLines(Path.of("/proc/" + second.pid() + "/cgroup")).stream()
                    .filter(line -> line.contains("hello-1"))
                    .toList();
            Files.createFile(inside(second).resolve("tmp/sick"));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.ends()).hasSize(1));
            assertThat(cluster.ends().get(0).how())
                    .isEqualTo("its liveness probe failed: exec hello check /tmp/sick: exit code 1, \""
                            + String.join(" | ", cgroups)
                            + " | /tmp/sick is there, for hello-1 as well\"; exit code 137 (signal 9, SIGKILL)");
            assertThat(cluster.ends().get(0).printed()).endsWith("asked to end");
            assertThat(cgroups).isNotEmpty();
        }
    }

    private static Probing.Probe everySecond(int port) {
        return new Probing.Probe(port, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static Path inside(Instance pod) {
        return Path.of("/proc/" + pod.pid() + "/root");
    }
}
