// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.HostProgramSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.image.GoImages;
import dev.chaosjunit.cluster.image.HostPrograms;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what each workload's image stands for, and builds what has to be built. */
final class Programs {
    private final GoImages built;
    private final HostPrograms taken;
    private final Map<Workload, ImageContent> contents = new LinkedHashMap<>();

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
            String image = image(workload);
            built.find(image)
                    .ifPresentOrElse(
                            built::check,
                            () -> contents.put(
                                    workload,
                                    taken.find(image).map(taken::content).orElseThrow(() -> unknown(workload))));
        }
    }

    /** What {@link #requireAll} has found, with the programs of the others built. */
    Map<Workload, ImageContent> build(List<Workload> workloads) {
        Map<Workload, ImageContent> all = new LinkedHashMap<>();
        for (Workload workload : workloads) {
            all.put(workload, built.find(image(workload)).map(built::build).orElseGet(() -> contents.get(workload)));
        }
        return all;
    }

    private static String image(Workload workload) {
        return workload.pod().containers().get(0).image();
    }

    private ClusterException unknown(Workload workload) {
        String image = image(workload);
        return new ClusterException(workload.title() + " runs image " + image
                + ", which no Go package is declared for, and the local runtime pulls none. Declare what it is built"
                + " from (@GoImage) or a program of this machine (@HostProgram), or run with chaos.runtime=k3s, where"
                + " it is pulled. Declared are " + built.names() + " by @GoImage and " + taken.names()
                + " by @HostProgram");
    }
}
