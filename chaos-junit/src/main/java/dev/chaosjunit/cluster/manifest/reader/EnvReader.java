// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.Content;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.Literal;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code envFrom} and {@code env} of a container. */
final class EnvReader {
    private static final Pattern VARIABLE = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

    private final PodContext pod;
    private final KeyReader keys;

    EnvReader(PodContext pod) {
        this.pod = pod;
        this.keys = new KeyReader(pod);
    }

    List<EnvVar> read(Field container) {
        List<EnvVar> variables = new ArrayList<>();
        for (Field source : container.list("envFrom")) {
            String prefix = source.text("prefix", "");
            if (source.at("configMapRef").isPresent() == source.at("secretRef").isPresent()) {
                pod.findings().problem(source.place(), "needs either configMapRef or secretRef");
            }
            source.at("configMapRef").ifPresent(map -> variables.addAll(all("ConfigMap", map, prefix)));
            source.at("secretRef").ifPresent(secret -> variables.addAll(all("Secret", secret, prefix)));
        }
        container.list("env").forEach(variable -> one(variable, container).ifPresent(variables::add));
        return variables;
    }

    /** Keys that are no names of variables are passed over, as the kubelet does. */
    private List<EnvVar> all(String kind, Field reference, String prefix) {
        List<EnvVar> variables = new ArrayList<>();
        keys.all(kind, reference, "name")
                .ifPresent(found -> found.forEach((key, content) -> {
                    if (VARIABLE.matcher(prefix + key).matches()) {
                        variables.add(new EnvVar(prefix + key, new Verbatim(content)));
                    }
                }));
        return variables;
    }

    private Optional<EnvVar> one(Field variable, Field container) {
        String name = variable.text("name", "");
        if (!VARIABLE.matcher(name).matches()) {
            pod.findings().problem(variable.place(), "name \"" + name + "\" is no name of a variable");
        }
        Optional<Field> from = variable.at("valueFrom");
        if (from.isPresent() && variable.at("value").isPresent()) {
            pod.findings().problem(variable.place(), "has both value and valueFrom");
        }
        Optional<Value> value =
                from.isPresent() ? from(from.get(), container) : Optional.of(new Literal(variable.text("value", "")));
        return value.map(known -> new EnvVar(name, known));
    }

    private Optional<Value> from(Field from, Field container) {
        if (from.fields().size() != 1) {
            pod.findings()
                    .problem(from.place(), "needs one of configMapKeyRef, secretKeyRef, fieldRef and resourceFieldRef");
            return Optional.empty();
        }
        Field reference = from.fields().values().iterator().next();
        return switch (from.fields().keySet().iterator().next()) {
            case "configMapKeyRef" -> verbatim(keys.one("ConfigMap", reference));
            case "secretKeyRef" -> verbatim(keys.one("Secret", reference));
            case "fieldRef" -> new FieldRefReader(pod).one(reference);
            default -> new ResourceRefReader(pod.findings()).read(reference, container);
        };
    }

    private static Optional<Value> verbatim(Optional<Content> content) {
        return content.map(Verbatim::new);
    }
}
