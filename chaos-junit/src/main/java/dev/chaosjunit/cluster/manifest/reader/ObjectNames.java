// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.Workload;

/** The names in an object's metadata. */
final class ObjectNames {
    private ObjectNames() {}

    static String name(Field object) {
        return metadata(object, "name", "");
    }

    static String namespace(Field object) {
        return metadata(object, "namespace", Workload.DEFAULT_NAMESPACE);
    }

    static String kind(Field object) {
        return object.text("kind", "");
    }

    private static String metadata(Field object, String name, String fallback) {
        return object.at("metadata")
                .map(metadata -> metadata.text(name, fallback))
                .orElse(fallback);
    }
}
