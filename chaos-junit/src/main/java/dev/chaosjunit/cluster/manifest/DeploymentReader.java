// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Deployment whose fields are all supported → a {@link Workload}, or what is wrong with their values. */
final class DeploymentReader {

    private static final long DEFAULT_GRACE_SECONDS = 30;

    private DeploymentReader() {}

    static Workload read(Document document, Deployment deployment) {
        String name = document.name(deployment.getMetadata());
        DeploymentSpec spec = deployment.getSpec();
        if (spec == null || spec.getTemplate() == null || spec.getTemplate().getSpec() == null) {
            throw document.refuse("spec.template.spec", "is missing");
        }
        int replicas = requireNonNullElse(spec.getReplicas(), 1);
        if (replicas < 0) {
            throw document.refuse("spec.replicas", "must be 0 or more, not " + replicas);
        }
        String restarts = requireNonNullElse(spec.getTemplate().getSpec().getRestartPolicy(), "Always");
        if (!"Always".equals(restarts)) {
            throw document.refuse(
                    "spec.template.spec.restartPolicy",
                    "must be Always, as in every Deployment, not \"" + restarts + "\"");
        }
        Long grace = spec.getTemplate().getSpec().getTerminationGracePeriodSeconds();
        return new Workload(
                name,
                replicas,
                labels(document, spec),
                ContainerReader.read(document, spec.getTemplate().getSpec()),
                listener(document, spec.getTemplate().getSpec().getRuntimeClassName()),
                Duration.ofSeconds(requireNonNullElse(grace, DEFAULT_GRACE_SECONDS)));
    }

    private static Optional<Listener> listener(Document document, @Nullable String runtimeClass) {
        if (runtimeClass == null) {
            return Optional.empty();
        }
        Optional<Listener> listener = Listener.of(runtimeClass);
        if (listener.isEmpty()) {
            throw document.refuse(
                    "spec.template.spec.runtimeClassName",
                    "\"" + runtimeClass + "\" is not supported by the local runtime, which knows "
                            + Listener.runtimeClasses());
        }
        return listener;
    }

    private static Map<String, String> labels(Document document, DeploymentSpec spec) {
        PodTemplateSpec template = spec.getTemplate();
        Map<String, String> labels =
                template.getMetadata() == null || template.getMetadata().getLabels() == null
                        ? Map.of()
                        : template.getMetadata().getLabels();
        Map<String, String> selector = spec.getSelector() == null
                ? Map.of()
                : requireNonNullElse(spec.getSelector().getMatchLabels(), Map.of());
        if (selector.isEmpty()) {
            throw document.refuse("spec.selector.matchLabels", "is missing");
        }
        if (!labels.entrySet().containsAll(selector.entrySet())) {
            throw document.refuse(
                    "spec.selector.matchLabels", selector + " does not match spec.template.metadata.labels " + labels);
        }
        return labels;
    }
}
