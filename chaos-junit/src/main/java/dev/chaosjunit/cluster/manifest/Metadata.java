// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Deployments and Services have in common. */
final class Metadata {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private Metadata() {}

    static String name(Document document, @Nullable ObjectMeta metadata) {
        if (metadata == null || metadata.getName() == null) {
            throw document.refuse("metadata.name", "is missing");
        }
        if (!DNS_LABEL.matcher(metadata.getName()).matches()) {
            throw document.refuse(
                    "metadata.name", "must be lower-case letters, digits and '-', not \"" + metadata.getName() + "\"");
        }
        if (metadata.getNamespace() != null && !"default".equals(metadata.getNamespace())) {
            throw document.unsupported("metadata.namespace " + metadata.getNamespace() + " (other than default)");
        }
        return metadata.getName();
    }
}
