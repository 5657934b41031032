// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import java.util.List;

/**
 * What manifests say, with all that they refer to put in place.
 *
 * @param withoutEffect fields and kinds that are taken and can have no effect here, for the report
 * @param ignored fields and kinds that the user left out knowingly, for the report
 */
public record Manifests(
        List<Workload> workloads, List<ServiceSpec> services, List<Setting> withoutEffect, List<Setting> ignored) {

    public Manifests {
        workloads = List.copyOf(workloads);
        services = List.copyOf(services);
        withoutEffect = List.copyOf(withoutEffect);
        ignored = List.copyOf(ignored);
    }

    /**
     * A field or a kind, wherever it was met.
     *
     * @param name such as {@code spec.minReadySeconds} or {@code HorizontalPodAutoscaler}
     * @param places such as {@code shop.yaml:12}, in the order of the manifests
     */
    public record Setting(String name, List<String> places) {
        public Setting {
            places = List.copyOf(places);
        }

        @Override
        public String toString() {
            return name + " (" + String.join(", ", places) + ")";
        }
    }
}
