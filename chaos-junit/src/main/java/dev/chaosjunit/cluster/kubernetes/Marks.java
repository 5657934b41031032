// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Map;
import java.util.stream.Collectors;

/** Labels on everything that we put into a cluster, by which it is found again. */
public final class Marks {
    /** Which run of which JVM an object belongs to. */
    public static final String RUN = "dev.chaosjunit/run";

    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    private static final String NAME = "chaos-junit";
    private static final String OURS = "dev.chaosjunit/";

    private Marks() {}

    /** The labels of a run. */
    public static Map<String, String> of(String run) {
        return Map.of(MANAGED_BY, NAME, RUN, run);
    }

    /** Whether we made an object, in whatever run. */
    public static boolean areOn(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && NAME.equals(labels.get(MANAGED_BY)) && labels.containsKey(RUN);
    }

    /** Whether an object or a pod is of this run. */
    static boolean areOn(HasMetadata object, String run) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && run.equals(labels.get(RUN));
    }

    /** The run that made an object that has our marks. */
    public static String run(HasMetadata object) {
        return object.getMetadata().getLabels().getOrDefault(RUN, "");
    }

    static void put(HasMetadata object, String run) {
        object.setMetadata(marked(object.getMetadata(), run));
    }

    static void put(PodTemplateSpec template, String run) {
        ObjectMeta metadata = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        template.setMetadata(
                new ObjectMetaBuilder(metadata).addToLabels(RUN, run).build());
    }

    private static ObjectMeta marked(ObjectMeta metadata, String run) {
        return new ObjectMetaBuilder(metadata).addToLabels(of(run)).build();
    }

    /** Labels of a pod, or a selector, as its manifest has them. */
    static Map<String, String> without(Map<String, String> labels) {
        return labels.entrySet().stream()
                .filter(label -> !label.getKey().startsWith(OURS))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
