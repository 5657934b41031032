// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.Content;
import java.util.Map;
import java.util.Optional;

/** References to ConfigMaps and Secrets, and to their keys. */
final class KeyReader {
    private final PodContext pod;

    KeyReader(PodContext pod) {
        this.pod = pod;
    }

    /**
     * All keys of a ConfigMap or Secret; empty when it is missing, which is said unless it is optional.
     *
     * @param reference with {@code name} and {@code optional}
     * @param key the name of its name
     */
    Optional<Map<String, Content>> all(String kind, Field reference, String key) {
        String name = reference.text(key, "");
        Optional<Map<String, Content>> found = pod.references().find(kind, pod.namespace(), name);
        if (name.isEmpty()) {
            if (reference.lacks(key)) {
                pod.findings().problem(reference.place(), "needs " + key);
            }
        } else if (found.isEmpty() && !reference.flag("optional", false)) {
            pod.findings()
                    .problem(
                            at(reference, key),
                            kind + " \"" + name + "\" is not among these manifests in namespace " + pod.namespace());
        }
        return found;
    }

    /** One key. */
    Optional<Content> one(String kind, Field reference) {
        Optional<Map<String, Content>> found = all(kind, reference, "name");
        return found.flatMap(
                keys -> key(kind, keys, reference, reference.text("name", ""), reference.flag("optional", false)));
    }

    /** The key that a field named {@code key} means. */
    Optional<Content> key(String kind, Map<String, Content> keys, Field field, String name, boolean optional) {
        String key = field.text("key", "");
        if (key.isEmpty()) {
            if (field.lacks("key")) {
                pod.findings().problem(field.place(), "needs key");
            }
            return Optional.empty();
        }
        if (!keys.containsKey(key) && !optional) {
            pod.findings()
                    .problem(
                            at(field, "key"),
                            "\"" + key + "\" is no key of " + kind + " \"" + name + "\", which has " + keys.keySet());
        }
        return Optional.ofNullable(keys.get(key));
    }

    private static Place at(Field field, String name) {
        return field.at(name).map(Field::place).orElse(field.place());
    }
}
