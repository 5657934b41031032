// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.PodEnd;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The end of a container")
class ContainerEndsTests {
    private static final ContainerState RUNNING =
            new ContainerStateBuilder().withNewRunning().endRunning().build();

    private String failedProbe = "";

    private final ContainerEnds ends = new ContainerEnds(
            ended -> CompletableFuture.completedFuture(
                    List.of("log of " + ended.state().getContainerID())),
            ended -> CompletableFuture.completedFuture(failedProbe));

    @Test
    @DisplayName("counts once, whether it is seen while it is the present state or only the last one")
    void once() {
        ends.count();
        ends.seen(pod("Always", RUNNING, null));
        ends.seen(pod("Always", ended("a", 2, "Error"), null));
        ends.seen(pod("Always", RUNNING, ended("a", 2, "Error")));
        ends.seen(pod("Always", RUNNING, ended("b", 137, "OOMKilled")));
        assertThat(ends.ends())
                .extracting(PodEnd::how)
                .containsExactly("exit code 2", "exit code 137 (signal 9, SIGKILL), OOMKilled");
        assertThat(ends.ends().get(1).printed()).containsExactly("log of b");
        assertThat(ends.uids()).containsExactly("uid");
    }

    @Test
    @DisplayName("counts whatever its exit code, as a pod that restarts always never ends by itself")
    void success() {
        ends.count();
        ends.seen(pod("Always", ended("a", 0, "Completed"), null));
        assertThat(ends.ends()).extracting(PodEnd::how).containsExactly("exit code 0");
    }

    @Test
    @DisplayName("is told with the probe that failed before it")
    void probe() {
        failedProbe = "its liveness probe failed: HTTP probe failed with statuscode: 503";
        ends.count();
        ends.seen(pod("Always", ended("a", 143, "Error"), null));
        assertThat(ends.ends())
                .extracting(PodEnd::how)
                .containsExactly(failedProbe + "; exit code 143 (signal 15, SIGTERM)");
    }

    @Test
    @DisplayName("does not count where it was done, or before all was ready")
    void asked() {
        ends.seen(pod("Always", RUNNING, ended("start", 1, "Error")));
        ends.count();
        ends.seen(pod("Always", RUNNING, ended("start", 1, "Error")));
        ends.seen(pod("Never", ended("job", 0, "Completed"), null));
        assertThat(ends.ends()).isEmpty();
        ends.seen(pod("Never", ended("failed", 1, "Error"), null));
        assertThat(ends.ends()).hasSize(1);
    }

    @Test
    @DisplayName("does not count in a pod that somebody has deleted")
    void deleted() {
        ends.count();
        Pod pod = pod("Always", ended("a", 143, "Error"), null);
        pod.getMetadata().setDeletionTimestamp("2026-11-27T05:00:00Z");
        ends.seen(pod);
        assertThat(ends.ends()).isEmpty();
    }

    @Test
    @DisplayName("was when the status says, unless that is another clock's time")
    void when() {
        Instant now = Instant.parse("2026-11-27T05:00:03Z");
        assertThat(ContainerEnds.ago("2026-11-27T05:00:01Z", now)).isEqualTo(Duration.ofMillis(1500));
        assertThat(ContainerEnds.ago("2026-11-27T05:00:03Z", now)).isZero();
        assertThat(ContainerEnds.ago("2026-11-27T04:00:00Z", now)).isZero();
        assertThat(ContainerEnds.ago(null, now)).isZero();
    }

    private static ContainerState ended(String id, int exitCode, String reason) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withContainerID(id)
                .withExitCode(exitCode)
                .withReason(reason)
                .withFinishedAt("2026-11-27T05:00:00Z")
                .endTerminated()
                .build();
    }

    private static Pod pod(String restartPolicy, ContainerState state, @Nullable ContainerState lastState) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("default")
                .withUid("uid")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restartPolicy)
                .endSpec()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("c")
                .withState(state)
                .withLastState(lastState)
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
