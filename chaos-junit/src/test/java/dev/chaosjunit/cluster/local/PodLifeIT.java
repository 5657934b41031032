// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod of a local cluster")
class PodLifeIT {

    private Traces before;

    @BeforeEach
    void remember() {
        before = Traces.of(ProcessHandle.current());
    }

    @AfterEach
    void nothingLeft() {
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(Traces.of(ProcessHandle.current()).without(before))
                                .matches(Traces::isEmpty, "empty"));
    }

    @Test
    @DisplayName("that never becomes ready fails the start, with what it answered and printed")
    void neverReady() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> start("unready", Duration.ofSeconds(2)))
                .withMessageContaining("not ready within 2s:\npod hello-0, asked last: GET http://198.")
                .withMessageContaining(":8080/readyz: 503; it printed last:\n  hello from hello-0");
    }

    @Test
    @DisplayName("of a StatefulSet waits for the one before, and the start fails with that one's reason")
    void notItsTurn() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> HelloCluster.startOf(
                        "names.yaml", yaml -> yaml.replace("value: 200ms", "value: 1h"), Duration.ofSeconds(1)))
                .withMessageContaining("not ready within 1s:\npod prod/db-0, asked last: GET http://198.")
                .withMessageContaining(":80/readyz: 503; it printed last:\n  hello from prod/db-0")
                .withMessageEndingWith(
                        "\npod prod/db-1, asked last: not started, as the one before it is not ready; it printed nothing");
    }

    @Test
    @DisplayName("that ends early fails the start at once, with exit code and log")
    void crash() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> start("crash", Duration.ofMinutes(10)))
                .withMessageMatching("(?s)pod hello-[01] ended with exit code 3 before it was ready; it printed last:"
                        + "\n  hello from hello-[01], .*\n  cannot go on: the configuration is bad");
    }

    @Test
    @DisplayName("that panics at its start shows why, and not the end of its stack")
    void panic() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> start("panic", Duration.ofMinutes(10)))
                .withMessageMatching(
                        "(?s)pod hello-[01] ended with exit code 2 before it was ready; it printed last:"
                                + "\n  panic: the configuration is bad\n.*goroutine 1 \\[running].*\n  … and [0-9]+ more lines");
    }

    @Test
    @DisplayName("whose program does not compile shows the compiler's output")
    void doesNotCompile() {
        Manifests manifests =
                ManifestReader.read(List.of(new ManifestSource("hello.yaml", HelloCluster.manifest())), List.of());

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> LocalCluster.start(
                        manifests,
                        List.of(HelloCluster.image("broken")),
                        HelloCluster.PROGRAMS,
                        built -> {},
                        Collector.NONE,
                        Duration.ofSeconds(5),
                        HelloCluster.WORK.resolve("broken")))
                .withMessageContaining("image hello: go build")
                .withMessageContaining("./main.go:7:2: undefined: nothing");
    }

    @Test
    @DisplayName("whose manifest has an unknown field is not started")
    void unknownField() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> HelloCluster.start(
                        yaml -> yaml.replace("terminationGracePeriodSeconds: 5", "hostNetwork: true"),
                        Duration.ofSeconds(5)))
                .withMessageMatching("hello\\.yaml:\\d+: Deployment/hello: spec\\.template\\.spec\\.hostNetwork must be"
                        + " false on the local runtime, not true");
    }

    @Test
    @DisplayName(
            "starts without what the manifest says in vain, and without what the test leaves out, and both are told")
    void leftOut() {
        String yaml = HelloCluster.manifest()
                .replace("spec:\n  replicas", "spec:\n  strategy: {type: Recreate}\n  replicas")
                .replace("terminationGracePeriodSeconds: 5", "hostNetwork: true");

        try (LocalCluster cluster = LocalCluster.start(
                ManifestReader.read(List.of(new ManifestSource("hello.yaml", yaml)), List.of("hostNetwork")),
                List.of(HelloCluster.image("hello")),
                HelloCluster.PROGRAMS,
                built -> {},
                Collector.NONE,
                Duration.ofSeconds(60),
                HelloCluster.WORK.resolve("left-out"))) {
            assertThat(cluster.leftOut().ignored())
                    .singleElement()
                    .asString()
                    .startsWith("spec.template.spec.hostNetwork");
            assertThat(cluster.leftOut().withoutEffect())
                    .containsExactly(
                            "spec.strategy (hello.yaml:6)",
                            "spec.template.spec.containers.imagePullPolicy (hello.yaml:21)");
            assertThat(cluster.unready()).isEmpty();
        }
    }

    @Test
    @DisplayName("whose image nobody declared is not started")
    void unknownImage() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> HelloCluster.start(
                        yaml -> yaml.replace("image: hello:dev", "image: hallo:dev"), Duration.ofSeconds(5)))
                .withMessage("Deployment/hello runs image hallo:dev, which no Go package is declared for, and the local"
                        + " runtime pulls none. Declare what it is built from (@GoImage) or a program of this machine"
                        + " (@HostProgram), or run with chaos.runtime=k3s, where it is pulled. Declared are [hello] by"
                        + " @GoImage and [] by @HostProgram");
    }

    @Test
    @DisplayName("that is killed leaves its Services to the others, and comes back as the same pod with a new process")
    void killed() throws IOException {
        try (LocalCluster cluster = HelloCluster.start()) {
            Instance before = cluster.instances().get(0);
            ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> assertThat(cluster.instances()).hasSize(2).noneMatch(before::isSame));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(cluster.unready()).isEmpty());
            Instance after = cluster.instances().get(0);
            assertThat(after.uid()).isEqualTo(before.uid());
            assertThat(HelloCluster.get("http://" + before.address() + ":8080")).startsWith("hello-0");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(onlyAnswers(cluster)).isEqualTo("several"));
            assertThat(cluster.ends())
                    .extracting(PodEnd::pod, PodEnd::how)
                    .containsExactly(tuple("hello-0", "exit code 137 (signal 9, SIGKILL)"));
            assertThat(cluster.ends().get(0).printed()).anyMatch(line -> line.startsWith("hello from hello-0"));
        }
    }

    @Test
    @DisplayName("that ends again waits as with the kubelet, unless it is started anew")
    void killedTwice() {
        try (LocalCluster cluster = HelloCluster.start()) {
            Instance first = cluster.instances().get(0);
            ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> cluster.instances().size() == 2
                            && cluster.instances().stream().noneMatch(first::isSame));
            ProcessHandle.of(cluster.instances().get(0).pid()).orElseThrow().destroyForcibly();
            await().atMost(Duration.ofSeconds(5)).until(() -> cluster.ends().size() == 2);
            assertThat(cluster.instances()).extracting(Instance::name).containsExactly("hello-1");

            assertThat(cluster.startAnew(Duration.ofSeconds(60))).containsExactly("hello-0");
            assertThat(cluster.instances()).hasSize(2);
            assertThat(cluster.unready()).isEmpty();
            assertThat(cluster.startAnew(Duration.ofSeconds(60))).isEmpty();
            assertThat(cluster.ends()).hasSize(2);
        }
    }

    @Test
    @DisplayName("lives on when the tools around it are killed, and ends when it ends itself")
    void toolsKilled() throws Exception {
        try (LocalCluster cluster = HelloCluster.start()) {
            ProcessHandle program =
                    ProcessHandle.of(cluster.instances().get(0).pid()).orElseThrow();
            ProcessHandle unshare = program.parent().orElseThrow();
            ProcessHandle nsenter = unshare.parent().orElseThrow();
            nsenter.destroyForcibly();
            unshare.destroyForcibly();
            nsenter.onExit().get(5, TimeUnit.SECONDS);

            Thread.sleep(300); // an end would have been seen by now
            assertThat(cluster.instances()).hasSize(2);
            assertThat(HelloCluster.get("http://" + cluster.instances().get(0).address() + ":8080"))
                    .startsWith("hello-0");

            program.destroyForcibly();
            await().atMost(Duration.ofSeconds(5)).until(() -> !cluster.ends().isEmpty());
            assertThat(cluster.ends().get(0).how()).startsWith("a tool of ours around it had been killed before");
            assertThat(cluster.ends().get(0).orphaned()).isTrue();
            assertThat(cluster.lost()).isNotDone();
        }
    }

    @Test
    @DisplayName("that is no longer ready gets no connections until it is again")
    void readinessChanges() throws IOException {
        String variable = "            - name: UNREADY_FILE\n              value: /tmp/unready\n          ports:";
        try (LocalCluster cluster =
                HelloCluster.start(yaml -> yaml.replace("          ports:", variable), Duration.ofSeconds(60))) {
            Path unready = Files.createFile(inside(cluster.instances().get(0)).resolve("tmp/unready"));
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(service(cluster, "hello-pods").addresses())
                        .containsExactly(cluster.instances().get(1).address());
                assertThat(onlyAnswers(cluster)).isEqualTo("hello-1");
            });

            Files.delete(unready);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(onlyAnswers(cluster)).isEqualTo("several"));
            assertThat(cluster.instances()).hasSize(2);
        }
    }

    @Test
    @DisplayName("is asked to end before it is killed")
    void graceful() {
        LocalCluster cluster = HelloCluster.start();
        cluster.close();

        assertThat(cluster.log("hello-0", 1)).containsExactly("asked to end");
        assertThat(cluster.log("hello-1", 1)).containsExactly("asked to end");
        assertThat(cluster.instances()).isEmpty();
    }

    /** A pod's own root. */
    private static Path inside(Instance pod) {
        return Path.of("/proc/" + pod.pid() + "/root");
    }

    private static void start(String mode, Duration readyWithin) {
        String variable = "            - name: MODE\n              value: " + mode + "\n          ports:";
        HelloCluster.start(yaml -> yaml.replace("          ports:", variable), readyWithin);
    }

    /** The pod that answers ten connections to the Service; {@code several} if it is not always the same. */
    private static String onlyAnswers(LocalCluster cluster) throws IOException {
        String first = "";
        for (int i = 0; i < 10; i++) {
            String pod = HelloCluster.get(
                            "http://" + service(cluster, "hello").addresses().get(0) + ":8000")
                    .split(" ", 2)[0];
            if (!first.isEmpty() && !first.equals(pod)) {
                return "several";
            }
            first = pod;
        }
        return first;
    }

    private static ServiceEndpoint service(LocalCluster cluster, String name) {
        return cluster.services().stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
