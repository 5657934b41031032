// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is to be brought up for experiments, whoever says so.
 *
 * @param manifests Kubernetes YAML, one at least
 * @param ignore fields and kinds of them that are left out knowingly
 * @param images what stands behind their images
 * @param runtime where it is brought up, unless a parameter says otherwise
 * @param readyWithin how long pods may take
 * @param windows around each fault
 * @param traces how pods export traces; empty where they are not told to
 */
public record Plan(
        List<ManifestSource> manifests,
        List<String> ignore,
        List<ImageSpec> images,
        ClusterRuntime runtime,
        Duration readyWithin,
        WindowLengths windows,
        Optional<OtlpProtocol> traces) {

    public Plan {
        manifests = List.copyOf(manifests);
        ignore = List.copyOf(ignore);
        images = List.copyOf(images);
        if (manifests.isEmpty()) {
            throw new IllegalArgumentException("manifests must name one at least");
        }
    }

    /** One whose pods are not told to export traces. */
    public Plan(
            List<ManifestSource> manifests,
            List<String> ignore,
            List<ImageSpec> images,
            ClusterRuntime runtime,
            Duration readyWithin,
            WindowLengths windows) {
        this(manifests, ignore, images, runtime, readyWithin, windows, Optional.empty());
    }
}
