// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Optional;

/** The pods that come of an object, before there are any. */
public final class PodTemplates {
    private PodTemplates() {}

    /** What pods are made from; empty for what makes none. */
    static Optional<PodTemplateSpec> of(HasMetadata object) {
        if (object instanceof Deployment deployment) {
            return Optional.of(deployment.getSpec().getTemplate());
        }
        if (object instanceof StatefulSet set) {
            return Optional.of(set.getSpec().getTemplate());
        }
        if (object instanceof DaemonSet set) {
            return Optional.of(set.getSpec().getTemplate());
        }
        if (object instanceof ReplicaSet set) {
            return Optional.of(set.getSpec().getTemplate());
        }
        return object instanceof Job job ? Optional.of(job.getSpec().getTemplate()) : Optional.empty();
    }

    /** Whether an object is, or makes, a pod that a Service's selector finds. Without labels it finds none. */
    public static boolean isSelected(HasMetadata object, Map<String, String> selector) {
        return !selector.isEmpty()
                && labels(object)
                        .filter(labels -> labels.entrySet().containsAll(selector.entrySet()))
                        .isPresent();
    }

    private static Optional<Map<String, String>> labels(HasMetadata object) {
        Optional<ObjectMeta> metadata = object instanceof Pod
                ? Optional.of(object.getMetadata())
                : of(object).map(PodTemplateSpec::getMetadata);
        return metadata.map(ObjectMeta::getLabels);
    }
}
