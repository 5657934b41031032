// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.cluster.ClusterException;
import java.util.Map;

/**
 * One YAML document and what to call it in messages.
 *
 * @param title such as {@code shop.yaml: Deployment/user-api}
 * @param fields the document as maps, lists and scalars
 */
record Document(String title, Map<?, ?> fields) {

    ClusterException refuse(String path, String reason) {
        return new ClusterException(title + ": " + path + " " + reason);
    }

    ClusterException unsupported(String path) {
        return refuse(path, "is not supported by the local runtime; remove it or run with chaos.runtime=k3s");
    }
}
