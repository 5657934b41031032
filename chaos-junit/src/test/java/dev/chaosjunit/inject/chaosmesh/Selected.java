// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Instance;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;

/** Which pods a resource selects: those it names, or else those with its labels. */
final class Selected {
    private Selected() {}

    static boolean by(GenericKubernetesResource resource, String namespace, Instance pod) {
        List<?> named = resource.get("spec", "selector", "pods", namespace);
        if (named != null) {
            return named.contains(pod.name());
        }
        Map<?, ?> labels = resource.get("spec", "selector", "labelSelectors");
        return labels != null && pod.labels().entrySet().containsAll(labels.entrySet());
    }
}
