// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import dev.chaosjunit.cluster.manifest.Content;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import dev.chaosjunit.cluster.manifest.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A volume of a pod. */
final class VolumeReader {
    private static final Set<String> SOURCES =
            Set.of("configMap", "secret", "downwardAPI", "projected", "emptyDir", "persistentVolumeClaim");
    private static final int DEFAULT_MODE = 0644;

    private final PodContext pod;
    private final KeyReader keys;

    VolumeReader(PodContext pod) {
        this.pod = pod;
        this.keys = new KeyReader(pod);
    }

    Volume read(Field volume) {
        String name = volume.text("name", "");
        List<String> sources =
                volume.fields().keySet().stream().filter(SOURCES::contains).toList();
        if (volume.lacks("name")) {
            pod.findings().problem(volume.place(), "needs a name");
        }
        if (sources.size() > 1) {
            pod.findings().problem(volume.place(), "has several sources: " + sources);
        }
        if (sources.isEmpty()) {
            return new Volume.EmptyDir(name);
        }
        Field source = volume.at(sources.get(0)).orElseThrow();
        return switch (sources.get(0)) {
            case "emptyDir" -> new Volume.EmptyDir(name);
            case "persistentVolumeClaim" -> new Volume.Claim(name, claim(source), false);
            case "projected" -> new Volume.Files(name, projected(source));
            default -> new Volume.Files(name, files(sources.get(0), source, mode(source, DEFAULT_MODE)));
        };
    }

    private String claim(Field source) {
        String name = source.text("claimName", "");
        if (source.lacks("claimName")) {
            pod.findings().problem(source.place(), "needs claimName");
        } else if (!name.isEmpty() && !pod.references().hasClaim(pod.namespace(), name)) {
            pod.findings()
                    .problem(
                            source.place(),
                            "PersistentVolumeClaim \"" + name + "\" is not among these manifests in namespace "
                                    + pod.namespace());
        }
        return name;
    }

    private List<Volume.File> projected(Field projected) {
        int mode = mode(projected, DEFAULT_MODE);
        List<Volume.File> files = new ArrayList<>();
        for (Field source : projected.list("sources")) {
            source.fields().forEach((kind, field) -> files.addAll(files(kind, field, mode)));
        }
        return files;
    }

    private List<Volume.File> files(String kind, Field source, int mode) {
        return switch (kind) {
            case "configMap" -> keyed("ConfigMap", source, "name", mode);
            case "secret" -> keyed("Secret", source, source.lacks("secretName") ? "name" : "secretName", mode);
            default -> downward(source, mode);
        };
    }

    private List<Volume.File> keyed(String kind, Field source, String nameKey, int mode) {
        Optional<Map<String, Content>> found = keys.all(kind, source, nameKey);
        List<Volume.File> files = new ArrayList<>();
        if (source.list("items").isEmpty()) {
            found.ifPresent(
                    all -> all.forEach((key, content) -> files.add(new Volume.File(key, mode, new Verbatim(content)))));
        }
        for (Field item : source.list("items")) {
            String path = path(item);
            String name = source.text(nameKey, "");
            boolean optional = source.flag("optional", false);
            found.flatMap(all -> keys.key(kind, all, item, name, optional))
                    .ifPresent(content -> files.add(new Volume.File(path, mode(item, mode), new Verbatim(content))));
        }
        return files;
    }

    private List<Volume.File> downward(Field source, int mode) {
        List<Volume.File> files = new ArrayList<>();
        for (Field item : source.list("items")) {
            String path = path(item);
            value(item).ifPresent(value -> files.add(new Volume.File(path, mode(item, mode), value)));
        }
        return files;
    }

    private Optional<Value> value(Field item) {
        Optional<Field> field = item.at("fieldRef");
        Optional<Field> resource = item.at("resourceFieldRef");
        if (field.isPresent() == resource.isPresent()) {
            pod.findings().problem(item.place(), "needs either fieldRef or resourceFieldRef");
            return Optional.empty();
        }
        return field.isPresent() ? new FieldRefReader(pod).file(field.get()) : resource(resource.orElseThrow());
    }

    private Optional<Value> resource(Field reference) {
        String name = reference.text("containerName", "");
        Optional<Field> container = pod.spec().list("containers").stream()
                .filter(one -> one.text("name", "").equals(name))
                .findFirst();
        if (container.isEmpty()) {
            pod.findings().problem(reference.place(), "containerName \"" + name + "\" is no container of the pod");
        }
        return container.flatMap(one -> new ResourceRefReader(pod.findings()).read(reference, one));
    }

    private String path(Field item) {
        String path = item.text("path", "");
        if (Paths.leaves(path)) {
            pod.findings().problem(item.place(), "path \"" + path + "\" must be relative, without '..'");
        }
        return path;
    }

    private static int mode(Field field, int fallback) {
        return field.integer(field.at("mode").isPresent() ? "mode" : "defaultMode", fallback);
    }
}
