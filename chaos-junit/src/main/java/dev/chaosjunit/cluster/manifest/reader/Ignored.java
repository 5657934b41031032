// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static dev.chaosjunit.cluster.manifest.reader.Documents.line;
import static dev.chaosjunit.cluster.manifest.reader.Documents.text;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What the user leaves out knowingly: the name of a field, its dotted path or the end of that, or a kind. */
final class Ignored {
    private final List<String> names;
    private final Set<String> met = new LinkedHashSet<>();
    private final Places places = new Places();

    Ignored(Collection<String> names) {
        this.names = names.stream().map(name -> name.replace("[]", "")).toList();
    }

    /** Take those fields out of an object; whether the object itself is left out, for its kind. */
    boolean leaveOut(String origin, MappingNode object) {
        String kind = text(object, "kind");
        if (!names.contains(kind)) {
            cut(origin, "", object);
            return false;
        }
        met.add(kind);
        places.add(kind, origin + ":" + line(object));
        return true;
    }

    /** What was left out, and where. */
    List<String> lines() {
        return places.lines();
    }

    /** For each name that nothing was left out by, a sentence. */
    List<String> unmet() {
        return names.stream()
                .filter(name -> !met.contains(name))
                .map(name -> "ignore = \"" + name + "\" names no field and no kind of these manifests")
                .toList();
    }

    private void cut(String origin, String path, Node node) {
        if (node.isRecursive()) {
            return;
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> cut(origin, path, item));
        } else if (node instanceof MappingNode map) {
            map.getValue().removeIf(tuple -> isCut(origin, path, tuple));
        }
    }

    private boolean isCut(String origin, String path, NodeTuple field) {
        String key = field.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        String below = key.equals(FieldReader.MERGE) ? path : path + "." + key;
        Optional<String> name =
                names.stream().filter(one -> below.endsWith("." + one)).findFirst();
        if (name.isEmpty() || below.equals(path)) {
            cut(origin, below, field.getValueNode());
            return false;
        }
        met.add(name.get());
        places.add(below.substring(1), origin + ":" + line(field.getKeyNode()));
        return true;
    }
}
