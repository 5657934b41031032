// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The objects of YAML texts: each document, and each item of a {@code kind: List}. */
final class Documents {
    private final Findings findings;
    private final List<Field> objects = new ArrayList<>();

    private final Ignored ignored;

    private Documents(Findings findings, Ignored ignored) {
        this.findings = findings;
        this.ignored = ignored;
    }

    static List<Field> read(List<ManifestSource> sources, Findings findings, Ignored ignored) {
        Documents documents = new Documents(findings, ignored);
        sources.forEach(documents::read);
        return documents.objects;
    }

    private void read(ManifestSource source) {
        try {
            for (Node document : compose(source)) {
                add(source.origin(), document);
            }
        } catch (YamlEngineException e) {
            findings.problem(source.origin(), 0, source.origin() + ": no legal YAML: " + e.getMessage());
        }
    }

    private void add(String origin, Node node) {
        if (node instanceof ScalarNode scalar && scalar(scalar).isNull()) {
            return;
        }
        if (!(node instanceof MappingNode map)) {
            findings.problem(
                    origin,
                    line(node),
                    origin + ":" + line(node) + ": a document must be a Kubernetes object with fields");
            return;
        }
        Optional<SequenceNode> items = items(map);
        if (items.isPresent()) {
            items.get().getValue().forEach(item -> add(origin, item));
            return;
        }
        if (ignored.leaveOut(origin, map)) {
            return;
        }
        Place place = new Place(origin, title(map), "", line(node));
        objects.add(new Field(place, new FieldReader(findings).value(place, map), Set.of()));
    }

    static Iterable<Node> compose(ManifestSource source) {
        LoadSettings settings = LoadSettings.builder().setLabel(source.origin()).build();
        return new Compose(settings).composeAllFromString(source.yaml());
    }

    /** The items of a {@code kind: List}. */
    static Optional<SequenceNode> items(MappingNode object) {
        return text(object, "kind").equals("List")
                ? find(object, "items").filter(SequenceNode.class::isInstance).map(SequenceNode.class::cast)
                : Optional.empty();
    }

    private static String title(MappingNode object) {
        Optional<MappingNode> metadata =
                find(object, "metadata").filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
        String name = metadata.map(node -> text(node, "name")).orElse("(none)");
        String namespace = metadata.map(node -> text(node, "namespace")).orElse("(none)");
        return Workload.title(
                text(object, "kind"), namespace.equals("(none)") ? Workload.DEFAULT_NAMESPACE : namespace, name);
    }

    /** The text of a field; {@code (none)} where there is none. */
    static String text(MappingNode map, String key) {
        return find(map, key)
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue())
                .orElse("(none)");
    }

    private static Optional<Node> find(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    static Scalar scalar(ScalarNode node) {
        return new Scalar(node.getValue(), node.isPlain());
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
