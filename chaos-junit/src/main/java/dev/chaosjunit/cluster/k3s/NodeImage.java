// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;

/** The image that nodes are made of, pulled when it is not there. */
record NodeImage(DockerEngine engine) {

    /** Its architecture, which programs are built for. */
    String architecture(String image) {
        return engine.architecture(image).orElseGet(() -> {
            pull(image);
            return engine.architecture(image)
                    .orElseThrow(() -> NodeFailure.missing(image, "the engine does not have it after a pull"));
        });
    }

    private void pull(String image) {
        ImagePull pull = new ImagePull(image);
        try {
            var unused = K3sRuntime.WAITING.during(
                    pull::describe,
                    () -> engine.api().pullImageCmd(image).exec(pull).awaitCompletion());
        } catch (DockerException | DockerClientException e) {
            throw NodeFailure.missing(image, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException("interrupted while image " + image + " was pulled");
        }
    }
}
