// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API server's own word on kinds: those of custom resources are known to nobody else. */
final class ApiKinds {
    private final KubernetesClient client;
    private final Map<String, List<APIResource>> known = new HashMap<>();

    ApiKinds(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The kind of an object.
     *
     * @throws ClusterException when the cluster has no such kind
     */
    Kind of(HasMetadata object) {
        String version = object.getApiVersion();
        int slash = version.indexOf('/');
        return known.computeIfAbsent(version, this::ask).stream()
                .filter(resource -> resource.getKind().equals(object.getKind()))
                .filter(resource -> !resource.getName().contains("/"))
                .findFirst()
                .map(resource -> new Kind(
                        slash < 0 ? "" : version.substring(0, slash),
                        resource.getName(),
                        Boolean.TRUE.equals(resource.getNamespaced())))
                .orElseThrow(() -> new ClusterException(object.getKind() + "/"
                        + object.getMetadata().getName() + ": this cluster knows no " + object.getKind() + " of "
                        + version));
    }

    private List<APIResource> ask(String version) {
        APIResourceList answer = client.getApiResources(version);
        return answer == null ? List.of() : answer.getResources();
    }

    /**
     * A kind of objects as the API server serves it.
     *
     * @param group empty for the core API
     * @param resource the plural, as in roles: {@code deployments}
     * @param namespaced whether its objects live in a namespace
     */
    record Kind(String group, String resource, boolean namespaced) {}
}
