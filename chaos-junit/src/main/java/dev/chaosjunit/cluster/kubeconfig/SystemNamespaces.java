// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import java.util.List;

/** Namespaces that no list may open: a cluster whose own parts are gone is of no use to anybody. */
final class SystemNamespaces {
    private static final List<String> NAMES = List.of("kube-system", "kube-public", "kube-node-lease");

    private SystemNamespaces() {}

    static boolean contains(String namespace) {
        return NAMES.contains(namespace);
    }

    static String names() {
        return String.join(", ", NAMES);
    }
}
