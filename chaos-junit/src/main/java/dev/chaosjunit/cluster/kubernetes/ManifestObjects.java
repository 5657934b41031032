// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifests as objects, and the little that is added to them. */
public final class ManifestObjects {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String NEVER = "Never";

    private ManifestObjects() {}

    /**
     * Read all documents of all sources, in an order in which they can be made: namespaces first, and what makes pods
     * after all that these need.
     *
     * @throws ClusterException for what is no YAML or no Kubernetes object
     */
    public static List<HasMetadata> read(List<ManifestSource> sources) {
        List<HasMetadata> objects = new ArrayList<>();
        sources.forEach(source -> objects.addAll(read(source)));
        if (objects.isEmpty()) {
            throw new ClusterException("the manifests "
                    + sources.stream().map(ManifestSource::origin).toList()
                    + " hold no object: there is nothing to run");
        }
        objects.sort(Comparator.comparingInt(ManifestObjects::turn));
        return objects;
    }

    private static int turn(HasMetadata object) {
        return object instanceof Namespace ? 0 : spec(object).isEmpty() ? 1 : 2;
    }

    private static List<HasMetadata> read(ManifestSource source) {
        return flatten(parse(source)).map(object -> named(object, source)).toList();
    }

    private static @Nullable Object parse(ManifestSource source) {
        try {
            return YAML.unmarshal(source.yaml());
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ClusterException(source.origin() + ": no legal Kubernetes YAML: " + cause.getMessage(), e);
        }
    }

    /** A document without content, as after a last separator, is nothing. */
    private static Stream<?> flatten(@Nullable Object read) {
        if (read instanceof KubernetesList list) {
            return list.getItems().stream();
        }
        return read instanceof Collection<?> collection
                ? collection.stream().flatMap(ManifestObjects::flatten)
                : Stream.ofNullable(read);
    }

    private static HasMetadata named(Object object, ManifestSource source) {
        if (object instanceof HasMetadata known
                && known.getMetadata() != null
                && known.getMetadata().getName() != null) {
            return known;
        }
        throw new ClusterException(
                source.origin() + ": a document must be a Kubernetes object with a name, not " + YAML.asYaml(object));
    }

    /** Label it, have it select its own pods, and never let an image be pulled that was built and preloaded, unless the manifest says otherwise. */
    static void prepare(HasMetadata object, String run, Set<String> preloaded) {
        Marks.put(object, run);
        PodTemplates.of(object).ifPresent(template -> Marks.put(template, run));
        OwnPods.select(object, run);
        containers(object)
                .filter(container -> container.getImagePullPolicy() == null)
                .filter(container -> container.getImage() != null && preloaded.contains(container.getImage()))
                .forEach(container -> container.setImagePullPolicy(NEVER));
    }

    /** The images that containers are run from. */
    public static Set<String> images(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(ManifestObjects::containers)
                .map(Container::getImage)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<Container> containers(HasMetadata object) {
        return spec(object).stream().flatMap(ManifestObjects::containers);
    }

    static Stream<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
    }

    /** Of the pods that an object makes, or is. */
    static Optional<PodSpec> spec(HasMetadata object) {
        return object instanceof Pod pod
                ? Optional.ofNullable(pod.getSpec())
                : PodTemplates.of(object).map(PodTemplateSpec::getSpec);
    }
}
