// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One YAML document, what to call it in messages, and the checks that kinds share.
 *
 * @param title such as {@code shop.yaml: Deployment/user-api}
 * @param fields the document as maps, lists and scalars
 */
record Document(String title, Map<?, ?> fields) {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    ClusterException refuse(String path, String reason) {
        return new ClusterException(title + ": " + path + " " + reason);
    }

    ClusterException unsupported(String path) {
        return refuse(path, "is not supported by the local runtime; remove it or run with chaos.runtime=k3s");
    }

    /** Its name, where it is one of an object that can be brought up. */
    String name(@Nullable ObjectMeta metadata) {
        if (metadata == null || metadata.getName() == null) {
            throw refuse("metadata.name", "is missing");
        }
        if (!DNS_LABEL.matcher(metadata.getName()).matches()) {
            throw refuse(
                    "metadata.name", "must be lower-case letters, digits and '-', not \"" + metadata.getName() + "\"");
        }
        if (metadata.getNamespace() != null && !"default".equals(metadata.getNamespace())) {
            throw unsupported("metadata.namespace " + metadata.getNamespace() + " (other than default)");
        }
        return metadata.getName();
    }

    int port(String path, @Nullable Integer port) {
        if (port == null) {
            throw refuse(path, "is missing");
        }
        if (port < 1 || port > 65535) {
            throw refuse(path, "must be 1 to 65535, not " + port);
        }
        return port;
    }

    void requireTcp(String path, @Nullable String protocol) {
        if (protocol != null && !"TCP".equals(protocol)) {
            throw unsupported(path + " " + protocol + " (other than TCP)");
        }
    }
}
