// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.manifest.Workload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds and builds the program of each workload's image. */
final class Programs {

    private final List<GoImageSpec> images;
    private final GoBuild build;

    Programs(List<GoImageSpec> images, Path directory) {
        this.images = images;
        this.build = new GoBuild(directory);
    }

    /** Fail before anything is built when an image is not declared. */
    void requireAll(List<Workload> workloads) {
        workloads.forEach(this::imageOf);
    }

    /** Build each image that is used, once. */
    Map<Workload, Path> build(List<Workload> workloads) {
        Map<GoImageSpec, Path> built = new HashMap<>();
        Map<Workload, Path> programs = new LinkedHashMap<>();
        workloads.forEach(workload -> programs.put(workload, built.computeIfAbsent(imageOf(workload), build::build)));
        return programs;
    }

    private GoImageSpec imageOf(Workload workload) {
        String wanted = workload.container().image();
        return images.stream()
                .filter(image -> image.name().equals(wanted) || image.name().equals(withoutTag(wanted)))
                .findFirst()
                .orElseThrow(() -> new ClusterException("Deployment/" + workload.name() + " runs image " + wanted
                        + ", which no Go package is declared for; declared are "
                        + images.stream().map(GoImageSpec::name).toList()));
    }

    private static String withoutTag(String image) {
        int colon = image.lastIndexOf(':');
        return colon > image.lastIndexOf('/') ? image.substring(0, colon) : image;
    }
}
