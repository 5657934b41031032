// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static dev.chaosjunit.cluster.manifest.reader.Documents.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Nodes of YAML as fields with their lines; {@code <<} is resolved as YAML 1.1 has it. */
final class FieldReader {
    static final String MERGE = "<<";

    private final Findings findings;

    FieldReader(Findings findings) {
        this.findings = findings;
    }

    /** What a field holds. */
    Object value(Place place, Node node) {
        if (node.isRecursive()) {
            findings.problem(place, "contains itself");
            return new Scalar("", true);
        }
        if (node instanceof MappingNode map) {
            return fields(place, map);
        }
        return node instanceof SequenceNode list ? items(place, list) : Documents.scalar((ScalarNode) node);
    }

    private List<Field> items(Place place, SequenceNode list) {
        List<Field> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(field(place.item(items.size(), line(item)), item));
        }
        return items;
    }

    private Map<String, Field> fields(Place place, MappingNode map) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, Field> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                findings.problem(place, "has a key that is no text");
                continue;
            }
            Place below = place.below(key.getValue(), line(key));
            if (key.isPlain() && key.getValue().equals(MERGE)) {
                merge(place, tuple.getValueNode(), merged);
            } else if (fields.put(key.getValue(), field(below, tuple.getValueNode())) != null) {
                findings.problem(below, "stands there twice");
            }
        }
        merged.forEach(fields::putIfAbsent);
        return fields;
    }

    private void merge(Place place, Node node, Map<String, Field> merged) {
        if (node instanceof MappingNode map && !node.isRecursive()) {
            fields(place, map).forEach(merged::putIfAbsent);
        } else if (node instanceof SequenceNode list && !node.isRecursive()) {
            list.getValue().forEach(item -> merge(place, item, merged));
        } else {
            findings.problem(place.below(MERGE, line(node)), "must be a map to merge");
        }
    }

    private Field field(Place place, Node node) {
        return new Field(place, value(place, node), Set.of());
    }
}
