// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.Optional;

/**
 * What the kubelet asks a container.
 *
 * @param startup until it succeeds, the others are not asked; when it fails for good, the container is restarted
 * @param readiness whether the pod is behind its Services; absent, a container is ready when its ports are open
 * @param liveness when it fails for good, the container is restarted
 */
public record Probes(Optional<Probe> startup, Optional<Probe> readiness, Optional<Probe> liveness) {

    /** Nothing is asked. */
    public static final Probes NONE = new Probes(Optional.empty(), Optional.empty(), Optional.empty());
}
