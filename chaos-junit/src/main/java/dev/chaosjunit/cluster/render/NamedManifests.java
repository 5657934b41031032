// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.render;

import dev.chaosjunit.cluster.ManifestFiles;
import dev.chaosjunit.cluster.ManifestSource;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds manifests: {@code classpath:name} or a path from the working directory. A directory with a {@code
 * kustomization.yaml} or a {@code Chart.yaml} is rendered, and {@link ManifestFiles} reads all else. All methods
 * throw an {@link IllegalArgumentException} where there is no such thing, or it cannot be rendered.
 */
public final class NamedManifests {
    private static final String CLASSPATH = "classpath:";

    private final List<Path> values;
    private final Renderer renderer;

    /**
     * Look for manifests.
     *
     * @param values names of the files that all charts are told
     */
    public NamedManifests(List<String> values) {
        this(values, Renderer.ofThisMachine());
    }

    NamedManifests(List<String> values, Renderer renderer) {
        this.values = values.stream().map(NamedManifests::file).toList();
        this.renderer = renderer;
    }

    /** All that a name means. */
    public List<ManifestSource> read(String name) {
        Path directory = path(name);
        return switch (Rendering.of(directory)) {
            case KUSTOMIZE -> List.of(renderer.kustomize(name, directory));
            case HELM -> List.of(renderer.helm(name, directory, values));
            case NONE -> ManifestFiles.read(name);
        };
    }

    /** Refuse values that nothing is rendered with. */
    public void requireChart(List<String> names) {
        if (!values.isEmpty() && names.stream().map(NamedManifests::path).noneMatch(NamedManifests::isChart)) {
            throw new IllegalArgumentException(
                    "values are for Helm charts, but no directory of the manifests " + names + " has a Chart.yaml");
        }
    }

    private static boolean isChart(Path directory) {
        return Rendering.of(directory) == Rendering.HELM;
    }

    private static Path file(String name) {
        Path file = path(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file + "; a resource is named classpath:NAME");
        }
        return file;
    }

    /** Where it is; what is in a jar has no path, and one of its own name stands for it that is no directory. */
    private static Path path(String name) {
        if (!name.startsWith(CLASSPATH)) {
            return Path.of(name).toAbsolutePath().normalize();
        }
        String resource = name.substring(CLASSPATH.length());
        URL url = Thread.currentThread().getContextClassLoader().getResource(resource);
        return url != null && url.getProtocol().equals("file")
                ? Path.of(URI.create(url.toString()))
                : Path.of(resource);
    }
}
