// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.result.LeftOut;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Manifests for a Kubernetes, without what the user leaves out knowingly.
 *
 * @param sources YAML that has the rest
 */
public record KeptManifests(List<ManifestSource> sources, LeftOut leftOut) {
    public KeptManifests {
        sources = List.copyOf(sources);
    }

    /**
     * Leave out fields, by name or dotted path, and kinds.
     *
     * @throws ClusterException when one of the names is of none
     */
    public static KeptManifests of(List<ManifestSource> sources, List<String> ignore) {
        if (ignore.isEmpty()) {
            return new KeptManifests(sources, LeftOut.NOTHING);
        }
        Ignored ignored = new Ignored(ignore);
        List<ManifestSource> kept =
                sources.stream().map(source -> keep(source, ignored)).toList();
        if (!ignored.unmet().isEmpty()) {
            throw new ClusterException(String.join("\n", ignored.unmet()));
        }
        return new KeptManifests(kept, new LeftOut(ignored.lines(), List.of()));
    }

    private static ManifestSource keep(ManifestSource source, Ignored ignored) {
        List<Node> documents = new ArrayList<>();
        try {
            Documents.compose(source).forEach(document -> {
                if (!isLeftOut(source.origin(), document, ignored)) {
                    documents.add(document);
                }
            });
        } catch (YamlEngineException e) {
            throw new ClusterException(source.origin() + ": no legal YAML: " + e.getMessage(), e);
        }
        DumpSettings settings = DumpSettings.builder().setExplicitStart(true).build();
        return new ManifestSource(
                source.origin(),
                new Present(settings)
                        .emitToString(
                                new Serialize(settings).serializeAll(documents).iterator()));
    }

    private static boolean isLeftOut(String origin, Node node, Ignored ignored) {
        if (!(node instanceof MappingNode map)) {
            return false;
        }
        if (Documents.items(map).isEmpty()) {
            return ignored.leaveOut(origin, map);
        }
        SequenceNode items = Documents.items(map).get();
        items.getValue().removeIf(item -> isLeftOut(origin, item, ignored));
        return false;
    }
}
