// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.Content;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What workloads may refer to: ConfigMaps, Secrets and claims. */
final class References {
    private final Findings findings;
    private final Map<String, Map<String, Content>> data = new HashMap<>();
    private final Set<String> claims = new HashSet<>();

    References(Findings findings) {
        this.findings = findings;
    }

    /** Keep an object of these kinds. */
    void add(Field object) {
        String name = ObjectNames.namespace(object) + "/" + ObjectNames.name(object);
        switch (ObjectNames.kind(object)) {
            case "ConfigMap" -> data.put("ConfigMap/" + name, contents(object, "data", "binaryData"));
            case "Secret" -> data.put("Secret/" + name, contents(object, "stringData", "data"));
            case "PersistentVolumeClaim" -> claims.add(name);
            default -> {}
        }
    }

    /** The keys of a ConfigMap or Secret and what they hold. */
    Optional<Map<String, Content>> find(String kind, String namespace, String name) {
        return Optional.ofNullable(data.get(kind + "/" + namespace + "/" + name));
    }

    boolean hasClaim(String namespace, String name) {
        return claims.contains(namespace + "/" + name);
    }

    private Map<String, Content> contents(Field object, String plain, String encoded) {
        Map<String, Content> contents = new LinkedHashMap<>();
        object.at(encoded)
                .ifPresent(fields -> fields.fields().forEach((key, field) -> contents.put(key, decode(field))));
        object.map(plain).forEach((key, text) -> contents.put(key, Content.of(text)));
        return contents;
    }

    /** The value stays out of the message: it may be secret. */
    private Content decode(Field field) {
        try {
            return new Content(Base64.getDecoder().decode(field.text().replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            findings.problem(field.place(), "must be base64");
            return Content.of("");
        }
    }
}
