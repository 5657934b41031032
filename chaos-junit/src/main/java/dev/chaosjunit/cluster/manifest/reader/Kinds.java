// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static dev.chaosjunit.cluster.manifest.reader.Findings.UNSUPPORTED;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of an object by its kind, as {@code kinds.list} has it. */
final class Kinds {
    private static final String CORE = "core";
    private static final Map<String, Optional<Schema>> KNOWN = known();

    private final Findings findings;

    Kinds(Findings findings) {
        this.findings = findings;
    }

    /** The object as far as it is supported; empty where its kind is not, or has no effect. */
    Optional<Field> check(Field object) {
        String kind = object.text("kind", "");
        String version = object.text("apiVersion", "");
        if (kind.isEmpty() || version.isEmpty()) {
            findings.problem(object.place(), (kind.isEmpty() ? "kind" : "apiVersion") + " is missing");
            return Optional.empty();
        }
        Optional<Schema> schema = KNOWN.getOrDefault(version + " " + kind, KNOWN.get(group(version) + " " + kind));
        if (schema == null) {
            findings.unsupported(
                    object.place(), "kind " + kind + " of " + version + " " + UNSUPPORTED + advice(version));
            return Optional.empty();
        }
        if (schema.isEmpty()) {
            findings.withoutEffect(kind, object.place());
            return Optional.empty();
        }
        return Optional.of(new FieldCheck(findings).check(object, schema.get()));
    }

    private static String advice(String version) {
        return group(version).equals("kustomize.config.k8s.io")
                ? "; name its directory instead, to have it rendered"
                : "";
    }

    private static String group(String version) {
        int slash = version.indexOf('/');
        return slash < 0 ? CORE : version.substring(0, slash);
    }

    private static Map<String, Optional<Schema>> known() {
        Map<String, Optional<Schema>> known = new HashMap<>();
        Schema.lines("kinds.list").map(line -> line.split(" +", -1)).forEach(words -> {
            known.put(
                    words[0] + " " + words[1], words.length > 2 ? Optional.empty() : Optional.of(Schema.of(words[1])));
        });
        return known;
    }
}
