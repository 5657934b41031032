// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.image.GoImages;
import dev.chaosjunit.cluster.image.ImageContent;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds and builds each workload's image. */
final class Programs {
    private final GoImages images;

    Programs(GoImages images) {
        this.images = images;
    }

    /** Fail before anything is built when an image is not declared, or lacks files. */
    void requireAll(List<Workload> workloads) {
        workloads.forEach(workload -> images.check(imageOf(workload)));
    }

    Map<Workload, ImageContent> build(List<Workload> workloads) {
        Map<Workload, ImageContent> programs = new LinkedHashMap<>();
        workloads.forEach(workload -> programs.put(workload, images.build(imageOf(workload))));
        return programs;
    }

    private GoImageSpec imageOf(Workload workload) {
        String wanted = workload.pod().containers().get(0).image();
        return images.find(wanted)
                .orElseThrow(() -> new ClusterException(workload.title() + " runs image " + wanted
                        + ", which no Go package is declared for; declared are " + images.names()));
    }
}
