// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.kubeconfig.ApiKinds.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Function;

/**
 * Where objects may go.
 *
 * @param namespaces one at least; the first is for objects that name none
 * @param kinds what an object is to the API server
 */
record AllowList(List<String> namespaces, Function<HasMetadata, Kind> kinds) {

    /**
     * Let an object pass, in a namespace.
     *
     * @throws ClusterException with its name when it has to stay out
     */
    void admit(HasMetadata object) {
        String name = object.getKind() + "/" + object.getMetadata().getName();
        if (!kinds.apply(object).namespaced()) {
            throw new ClusterException(name + " is in no namespace but all of the cluster's: a chaos test makes"
                    + " nothing outside of the namespaces " + namespaces
                    + ". Take it out of the manifests and let the cluster's owner make it");
        }
        if (object.getMetadata().getNamespace() == null) {
            object.getMetadata().setNamespace(namespaces.get(0));
        }
        String namespace = object.getMetadata().getNamespace();
        if (KubeconfigSettings.SYSTEM.contains(namespace) || !namespaces.contains(namespace)) {
            throw new ClusterException(name + " wants to be in namespace " + namespace
                    + ", where chaos tests may not go: chaos.namespaces is " + String.join(",", namespaces)
                    + (KubeconfigSettings.SYSTEM.contains(namespace)
                            ? ", and never holds " + String.join(", ", KubeconfigSettings.SYSTEM)
                            : ". Add it there if it may be disturbed"));
        }
    }
}
