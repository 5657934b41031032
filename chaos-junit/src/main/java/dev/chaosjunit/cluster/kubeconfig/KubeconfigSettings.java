// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster, and what may be touched there.
 *
 * @param file the kubeconfig; empty: as kubectl finds it
 * @param context of the kubeconfig; empty: its current one
 * @param namespaces that may be touched; objects without one go to the first
 * @param agentImage the image of the native helper
 * @param nodeTimeout after so much silence of its agent a node counts as lost
 */
public record KubeconfigSettings(
        Optional<Path> file,
        Optional<String> context,
        List<String> namespaces,
        String agentImage,
        Duration nodeTimeout) {
    /** No list may open them: a cluster whose own parts are gone is of no use to anybody. */
    static final List<String> SYSTEM = List.of("kube-system", "kube-public", "kube-node-lease");

    public KubeconfigSettings {
        namespaces = List.copyOf(namespaces);
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("one namespace at least must be named");
        }
        namespaces.stream().filter(SYSTEM::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("namespace " + name + " belongs to the cluster itself: chaos tests"
                    + " never go to " + String.join(", ", SYSTEM));
        });
    }

    /** Where the agents run, and objects go that name no namespace. */
    String first() {
        return namespaces.get(0);
    }
}
