// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.HostProgramSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.image.GoImages;
import dev.chaosjunit.cluster.image.HostPart;
import dev.chaosjunit.cluster.image.HostPrograms;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what the images of workloads stand for, and builds what has to be built. */
final class Programs {
    private final GoImages built;
    private final HostPrograms taken;
    private final Map<String, ImageContent> contents = new LinkedHashMap<>();

    Programs(List<ImageSpec> images, GoBuild build) {
        built = new GoImages(only(GoImageSpec.class, images), build);
        taken = new HostPrograms(only(HostProgramSpec.class, images));
    }

    private static <T extends ImageSpec> List<T> only(Class<T> type, List<ImageSpec> images) {
        return images.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Fail before anything is built when an image is not declared, or this machine lacks something of it. */
    void requireAll(List<Workload> workloads) {
        for (Workload workload : workloads) {
            images(workload).forEach(image -> require(workload, image));
            workload.pod().allContainers().forEach(container -> requireUser(workload, container));
        }
    }

    private void require(Workload workload, String image) {
        built.find(image)
                .ifPresentOrElse(
                        built::check,
                        () -> contents.put(
                                image,
                                taken.find(image).map(taken::content).orElseThrow(() -> unknown(workload, image))));
    }

    /** As the kubelet, which does not start what would be root against the manifest's word. */
    private void requireUser(Workload workload, ContainerSpec container) {
        Optional<HostPart> host =
                Optional.ofNullable(contents.get(container.image())).flatMap(ImageContent::host);
        if (ContainerRights.of(container.security(), host).isForbidden(container.security())) {
            throw new ClusterException(workload.title() + ": runAsNonRoot forbids that container " + container.name()
                    + " runs as root, and image " + container.image() + " does: give its @HostProgram a user, or the"
                    + " container runAsUser");
        }
    }

    /** What {@link #requireAll} has found, by the images' names, with the programs of the others built. */
    Map<String, ImageContent> build(List<Workload> workloads) {
        Map<String, ImageContent> all = new LinkedHashMap<>();
        workloads.stream()
                .flatMap(Programs::images)
                .distinct()
                .forEach(image ->
                        all.put(image, built.find(image).map(built::build).orElseGet(() -> contents.get(image))));
        return all;
    }

    private static Stream<String> images(Workload workload) {
        return workload.pod().allContainers().map(ContainerSpec::image);
    }

    private ClusterException unknown(Workload workload, String image) {
        return new ClusterException(workload.title() + " runs image " + image
                + ", which no Go package is declared for, and the local runtime pulls none. Declare what it is built"
                + " from (@GoImage) or a program of this machine (@HostProgram), or run with chaos.runtime=k3s, where"
                + " it is pulled. Declared are " + built.names() + " by @GoImage and " + taken.names()
                + " by @HostProgram");
    }
}
