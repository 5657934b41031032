// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A node that does not start")
class NodeFailureTests {

    @Test
    @DisplayName("is explained by what the engine said, not by those who passed it on")
    void innermost() {
        Throwable failure = new IllegalStateException(
                "Container startup failed", new IllegalStateException("Timed out waiting for log output"));

        assertThat(NodeFailure.notStarted("k3s:1", failure))
                .hasMessage("the node does not start from image k3s:1: Timed out waiting for log output");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "privileged mode is incompatible with user namespaces",
                "Privileged containers are not allowed",
                "runc create failed: unable to apply caps: operation not permitted"
            })
    @DisplayName("for want of privileges is explained with what to do")
    void privileged(String said) {
        assertThat(NodeFailure.notStarted("k3s:1", new IllegalStateException(said)))
                .hasMessageContainingAll(said, "must allow docker run --privileged", "chaos.runtime=local");
    }

    @Test
    @DisplayName("for want of Testcontainers' clean-up container is explained with how to do without")
    void cleaner() {
        Throwable failure = new IllegalStateException(
                "Can't get Docker image: RemoteDockerImage(imageName=testcontainers/ryuk:0.14.0)",
                new IllegalStateException("no such host"));

        assertThat(NodeFailure.notStarted("k3s:1", failure))
                .hasMessageContainingAll("no such host", "TESTCONTAINERS_RYUK_DISABLED=true");
    }

    @Test
    @DisplayName("for want of Testcontainers' own images is explained with the two settings that help")
    void ownImages() {
        assertThat(NodeFailure.ownImages(new IllegalStateException("no such host")))
                .hasMessageContainingAll(
                        "no such host",
                        "TESTCONTAINERS_RYUK_DISABLED=true",
                        "TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE=IMAGE");
    }

    @Test
    @DisplayName("for want of its image is explained with how to get one")
    void missing() {
        assertThat(NodeFailure.missing("k3s:1", "no such host"))
                .hasMessageContainingAll("k3s:1", "no such host", "chaos.k3s.image", "./dev node-image");
    }
}
