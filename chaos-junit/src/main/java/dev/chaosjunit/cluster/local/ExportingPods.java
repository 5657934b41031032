// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Workloads whose containers are told where to export. */
record ExportingPods(Exporting exporting) {

    Workload of(Workload workload) {
        if (!exporting.isWanted()) {
            return workload;
        }
        List<ContainerSpec> containers =
                workload.pod().containers().stream().map(this::of).toList();
        return workload.with(workload.pod().with(containers));
    }

    private ContainerSpec of(ContainerSpec container) {
        Set<String> own = container.env().stream().map(EnvVar::name).collect(Collectors.toSet());
        List<EnvVar> env = new ArrayList<>();
        env.add(new EnvVar(Exporting.POD_NAME, Value.PodField.NAME));
        exporting.variables().forEach((name, value) -> {
            if (!own.contains(name)) {
                env.add(new EnvVar(name, new Value.Literal(value)));
            }
        });
        env.addAll(container.env());
        return container.with(env);
    }
}
