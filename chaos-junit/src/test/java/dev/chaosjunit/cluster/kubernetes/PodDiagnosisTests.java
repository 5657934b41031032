// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Waiting for a pod whose image is not there")
class PodDiagnosisTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to resolve reference \"docker.io/library/agnet:1\": docker.io/library/agnet:1: not found",
                "failed to do request: Head \"https://nobody.invalid/v2/\": dial tcp: lookup nobody.invalid: no such host",
                "failed to do request: Head \"http://localhost:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
                "pull access denied, repository does not exist or may require authorization",
                "failed to authorize: failed to fetch oauth token: unexpected status: 401 Unauthorized"
            })
    @DisplayName("ends at the first pull that the registry, or the way to it, rules out")
    void ruledOut(String message) {
        assertThat(PodDiagnosis.isHopeless(pod("ErrImagePull", message))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dial tcp 10.0.0.1:443: i/o timeout", "unexpected status: 503 Service Unavailable", "EOF"})
    @DisplayName("goes on after a first pull that may have been bad luck")
    void badLuck(String message) {
        assertThat(PodDiagnosis.isHopeless(pod("ErrImagePull", message))).isFalse();
    }

    @Test
    @DisplayName("ends once the node waits longer and longer between pulls")
    void backOff() {
        assertThat(PodDiagnosis.isHopeless(pod("ErrImagePull", null))).isFalse();
        assertThat(PodDiagnosis.isHopeless(pod("ImagePullBackOff", "Back-off pulling image \"a\"")))
                .isTrue();
    }

    private static Pod pod(String reason, @Nullable String message) {
        return new PodBuilder()
                .withNewStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting(message, reason)
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
