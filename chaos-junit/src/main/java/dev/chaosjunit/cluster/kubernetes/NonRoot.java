// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which images must have a user that is not root. */
public final class NonRoot {
    private NonRoot() {}

    /** Those of containers that say {@code runAsNonRoot} and leave it to the image who that is. */
    public static Set<String> images(List<HasMetadata> objects) {
        return objects.stream()
                .flatMap(object -> ManifestObjects.spec(object).stream())
                .flatMap(NonRoot::images)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Stream<String> images(PodSpec pod) {
        Optional<PodSecurityContext> around = Optional.ofNullable(pod.getSecurityContext());
        boolean nonRoot = around.map(PodSecurityContext::getRunAsNonRoot).orElse(false);
        boolean hasUser = around.map(PodSecurityContext::getRunAsUser).isPresent();
        return ManifestObjects.containers(pod)
                .filter(container -> own(container)
                                .map(SecurityContext::getRunAsNonRoot)
                                .orElse(nonRoot)
                        && !hasUser
                        && own(container).map(SecurityContext::getRunAsUser).isEmpty())
                .map(Container::getImage);
    }

    private static Optional<SecurityContext> own(Container container) {
        return Optional.ofNullable(container.getSecurityContext());
    }
}
