// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A pod of a run")
class PodWatchTests {

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "apps/v1, ReplicaSet, false",
        "batch/v1, Job, true",
        "batch/v1beta1, Job, true",
        "batch.volcano.sh/v1alpha1, Job, false",
        "batch/v1, JobSet, false"
    })
    @DisplayName("is a Job's own matter where that is a Job of Kubernetes, and no other kind of that name")
    void ofJob(String version, String kind, boolean isOfJob) {
        Pod pod = pod("Running")
                .editMetadata()
                .addNewOwnerReference()
                .withApiVersion(version)
                .withKind(kind)
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(PodWatch.isOfJob(pod)).isEqualTo(isOfJob);
        assertThat(PodWatch.isToBeReady(pod)).isEqualTo(!isOfJob);
    }

    @Test
    @DisplayName("is to be ready unless it is done or being deleted")
    void toBeReady() {
        assertThat(PodWatch.isToBeReady(pod("Pending").build())).isTrue();
        assertThat(PodWatch.isToBeReady(pod("Running").build())).isTrue();
        assertThat(PodWatch.isToBeReady(pod("Succeeded").build())).isFalse();
        assertThat(PodWatch.isToBeReady(pod("Failed").build())).isFalse();
        assertThat(PodWatch.isToBeReady(pod("Running")
                        .editMetadata()
                        .withDeletionTimestamp("2026-11-28T10:00:00Z")
                        .endMetadata()
                        .build()))
                .isFalse();
    }

    private static PodBuilder pod(String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-1")
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus();
    }
}
