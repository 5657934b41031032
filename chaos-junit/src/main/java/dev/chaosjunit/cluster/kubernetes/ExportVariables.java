// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Exporting;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells containers where to export, unless their manifest does. */
record ExportVariables(Exporting exporting) {

    void addTo(HasMetadata object) {
        if (exporting.isWanted()) {
            ManifestObjects.spec(object).ifPresent(pod -> pod.getContainers().forEach(this::addTo));
        }
    }

    private void addTo(Container container) {
        Set<String> own = container.getEnv().stream().map(EnvVar::getName).collect(Collectors.toSet());
        List<EnvVar> env = new ArrayList<>();
        env.add(new EnvVarBuilder()
                .withName(Exporting.POD_NAME)
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .build());
        exporting.variables().forEach((name, value) -> {
            if (!own.contains(name)) {
                env.add(new EnvVar(name, value, null));
            }
        });
        env.addAll(container.getEnv());
        container.setEnv(env);
    }
}
