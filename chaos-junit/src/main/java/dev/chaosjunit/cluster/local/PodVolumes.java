// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Content;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import dev.chaosjunit.cluster.manifest.Volume;
import dev.chaosjunit.cluster.manifest.VolumeMount;
import dev.chaosjunit.cluster.manifest.Workload;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a container sees of its pod's volumes. All of them are in a file system of the node's own: nothing is left of
 * them, or of secrets in them, when the node is gone.
 *
 * @param root where in that file system, as the node sees it
 * @param pod the pod's name
 * @param fields what a field of the pod is
 */
record PodVolumes(
        Path root, Workload workload, String pod, ContainerSpec container, Function<PodField, String> fields) {

    /** Of files that the manifests give, where there is an {@code fsGroup}. */
    private static final int READABLE_BY_GROUP = 0440;

    /** Those that the agent writes each time the container starts, where no other container sees them. */
    List<VolumeFile> files() {
        return workload.pod().volumes().stream()
                .filter(volume -> container.mounts().stream()
                        .anyMatch(mount -> mount.volume().equals(volume.name())))
                .flatMap(volume -> volume instanceof Volume.Files files ? given(files) : Stream.empty())
                .toList();
    }

    private Stream<VolumeFile> given(Volume.Files volume) {
        return volume.files().stream()
                .map(file -> new VolumeFile(
                        directory(volume).resolve(file.path()),
                        group().isPresent() ? file.mode() | READABLE_BY_GROUP : file.mode(),
                        group(),
                        content(file.value())));
    }

    private Content content(Value value) {
        return value instanceof Verbatim verbatim ? verbatim.content() : Content.of(fields.apply((PodField) value));
    }

    /** What is seen where; parents come first, as they hide what is below them. */
    List<VolumeView> views() {
        return container.mounts().stream()
                .map(this::view)
                .sorted(Comparator.comparing(VolumeView::target))
                .toList();
    }

    private VolumeView view(VolumeMount mount) {
        Volume volume = workload.pod().volumes().stream()
                .filter(one -> one.name().equals(mount.volume()))
                .findFirst()
                .orElseThrow();
        return new VolumeView(
                directory(volume),
                group(),
                mount.subPath(),
                Path.of(mount.path()).normalize(),
                mount.readOnly() || volume instanceof Volume.Files);
    }

    /** The names before the namespace are no pod's. */
    private Path directory(Volume volume) {
        if (volume instanceof Volume.Claim claim) {
            return root.resolve(".claims").resolve(workload.namespace()).resolve(claim.of(pod));
        }
        Path own = root.resolve(volume instanceof Volume.Files ? ".files" : ".empty-dirs")
                .resolve(workload.namespace())
                .resolve(pod);
        return (volume instanceof Volume.Files ? own.resolve(container.name()) : own).resolve(volume.name());
    }

    private Optional<Long> group() {
        return container.security().fsGroup();
    }
}
