// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static java.util.stream.Collectors.joining;

import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code fieldRef}: a field of the pod itself. Most are known before it starts. */
final class FieldRefReader {
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");
    private static final Map<String, PodField> LATER = Map.of(
            "metadata.name", PodField.NAME,
            "metadata.uid", PodField.UID,
            "status.podIP", PodField.IP,
            "status.podIPs", PodField.IP,
            "status.hostIP", PodField.NODE_IP,
            "status.hostIPs", PodField.NODE_IP,
            "spec.nodeName", PodField.NODE_NAME);

    private final PodContext pod;

    FieldRefReader(PodContext pod) {
        this.pod = pod;
    }

    /** A field that fits into a variable. */
    Optional<Value> one(Field reference) {
        Optional<Value> value = value(reference.text("fieldPath", ""));
        if (value.isEmpty()) {
            refuse(reference);
        }
        return value;
    }

    /** A field that becomes a file: all labels or annotations as well. */
    Optional<Value> file(Field reference) {
        return switch (reference.text("fieldPath", "")) {
            case "metadata.labels" -> Optional.of(lines(pod.labels()));
            case "metadata.annotations" -> Optional.of(lines(pod.annotations()));
            default -> one(reference);
        };
    }

    private Optional<Value> value(String path) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            Map<String, String> map = keyed.group(1).equals("labels") ? pod.labels() : pod.annotations();
            return Optional.of(Verbatim.of(map.getOrDefault(keyed.group(2), "")));
        }
        return switch (path) {
            case "metadata.namespace" -> Optional.of(Verbatim.of(pod.namespace()));
            case "spec.serviceAccountName" ->
                Optional.of(Verbatim.of(pod.spec().text("serviceAccountName", "default")));
            default -> Optional.ofNullable(LATER.get(path));
        };
    }

    private void refuse(Field reference) {
        if (!reference.lacks("fieldPath") && reference.at("fieldPath").isEmpty()) {
            return;
        }
        pod.findings()
                .problem(
                        reference.place().below("fieldPath", reference.place().line()),
                        "\"" + reference.text("fieldPath", "") + "\" is none of "
                                + LATER.keySet().stream().sorted().collect(joining(", "))
                                + ", metadata.namespace, metadata.labels['KEY'], metadata.annotations['KEY'] and"
                                + " spec.serviceAccountName");
    }

    /** As the kubelet writes them: sorted, values quoted. */
    private static Verbatim lines(Map<String, String> map) {
        return Verbatim.of(map.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=\"" + escape(entry.getValue()) + "\"")
                .collect(joining("\n")));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
