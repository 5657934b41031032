// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubeconfig.ApiKinds.Kind;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that a run needs to be allowed, asked before anything is made: half a run is worse than none. */
final class Rights {
    private final Set<Right> needed = new LinkedHashSet<>();

    /** To take turns with other runs, and to take away what killed ones left. */
    Rights turns(String namespace) {
        add(namespace, "coordination.k8s.io", "leases", "get", "create", "patch", "delete");
        return add(namespace, "", "pods", "list", "delete");
    }

    /** To have what a run makes taken away when its JVM is killed. */
    Rights guard(String namespace) {
        return add(namespace, "batch", "jobs", "create", "patch");
    }

    /** To follow pods and open doors. */
    Rights pods(String namespace) {
        add(namespace, "", "pods", "get", "list", "watch", "delete");
        add(namespace, "", "pods/log", "get");
        add(namespace, "", "pods/portforward", "get", "create");
        add(namespace, "", "services", "get", "create", "delete");
        return add(namespace, "", "events", "list");
    }

    /** To bring objects of a kind up and take them away. */
    Rights objects(String namespace, Kind kind) {
        return add(namespace, kind.group(), kind.resource(), "get", "create", "patch", "delete");
    }

    /** To run agents and relays. Newer API servers take an attach by WebSocket for create, older ones for get. */
    Rights agents(String namespace) {
        add(namespace, "batch", "jobs", "create", "delete");
        return add(namespace, "", "pods/attach", "get", "create");
    }

    private Rights add(String namespace, String group, String resource, String... verbs) {
        Stream.of(verbs)
                .map(verb -> new Right(verb, group, resource, namespace))
                .forEach(needed::add);
        return this;
    }

    Collection<Right> all() {
        return List.copyOf(needed);
    }

    /**
     * Ask for each.
     *
     * @throws RuntimeUnavailableException with all that are missing
     */
    void check(KubernetesClient client) {
        List<Right> missing =
                needed.stream().filter(right -> !isGranted(right, client)).toList();
        if (!missing.isEmpty()) {
            throw new RuntimeUnavailableException("the kubeconfig's user may not do what a chaos test has to:\n"
                    + missing.stream().map(right -> "  " + right).collect(Collectors.joining("\n"))
                    + "\nLet the cluster's owner grant this by a Role in each namespace");
        }
    }

    private static boolean isGranted(Right right, KubernetesClient client) {
        SelfSubjectAccessReview answer = client.resource(right.review()).create();
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    /**
     * What a role must allow.
     *
     * @param resource with its subresource, if any, as in roles: {@code pods/attach}
     */
    record Right(String verb, String group, String resource, String namespace) {

        SelfSubjectAccessReview review() {
            int slash = resource.indexOf('/');
            return new SelfSubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withNewResourceAttributes()
                    .withVerb(verb)
                    .withGroup(group)
                    .withResource(slash < 0 ? resource : resource.substring(0, slash))
                    .withSubresource(slash < 0 ? null : resource.substring(slash + 1))
                    .withNamespace(namespace)
                    .endResourceAttributes()
                    .endSpec()
                    .build();
        }

        @Override
        public String toString() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + " in namespace " + namespace;
        }
    }
}
