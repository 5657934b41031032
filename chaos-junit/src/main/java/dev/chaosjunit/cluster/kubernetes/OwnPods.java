// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes what a run selects its own pods, and not those of others that have the same labels. */
final class OwnPods {
    private OwnPods() {}

    /** Workloads, too, for a controller adopts what it selects and nobody owns. */
    static void select(HasMetadata workload, String run) {
        if (workload instanceof Deployment deployment) {
            deployment.getSpec().setSelector(own(deployment.getSpec().getSelector(), run));
        } else if (workload instanceof StatefulSet set) {
            set.getSpec().setSelector(own(set.getSpec().getSelector(), run));
        } else if (workload instanceof DaemonSet set) {
            set.getSpec().setSelector(own(set.getSpec().getSelector(), run));
        } else if (workload instanceof ReplicaSet set) {
            set.getSpec().setSelector(own(set.getSpec().getSelector(), run));
        }
    }

    /** Where the manifest has none, the API server says so. */
    private static @Nullable LabelSelector own(@Nullable LabelSelector selector, String run) {
        return selector == null
                ? null
                : new LabelSelectorBuilder(selector)
                        .addToMatchLabels(Marks.RUN, run)
                        .build();
    }

    /**
     * Have Services select the run's pods only, so that no load misses the faults. One that selects none of them, such
     * as one for pods that an operator makes, stays as it is.
     *
     * @param objects of the run, which have their namespaces
     * @return the names of Services that stay as they are, though they select
     */
    static List<String> select(List<HasMetadata> objects, String run) {
        List<String> left = new ArrayList<>();
        for (HasMetadata object : objects) {
            if (object instanceof Service service && isSelecting(service)) {
                if (objects.stream().anyMatch(other -> selects(service, other))) {
                    service.getSpec().setSelector(with(service.getSpec().getSelector(), run));
                } else {
                    left.add(service.getMetadata().getName());
                }
            }
        }
        return left;
    }

    private static boolean isSelecting(Service service) {
        return service.getSpec() != null
                && service.getSpec().getSelector() != null
                && !service.getSpec().getSelector().isEmpty();
    }

    private static boolean selects(Service service, HasMetadata object) {
        return Objects.equals(
                        service.getMetadata().getNamespace(),
                        object.getMetadata().getNamespace())
                && PodTemplates.isSelected(object, service.getSpec().getSelector());
    }

    private static Map<String, String> with(Map<String, String> selector, String run) {
        Map<String, String> own = new HashMap<>(selector);
        own.put(Marks.RUN, run);
        return own;
    }
}
