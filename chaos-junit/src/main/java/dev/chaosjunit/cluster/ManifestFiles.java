// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the manifests that a name stands for: a file, or the YAML files of a directory, as {@code kubectl apply -f} does. */
public final class ManifestFiles {
    private static final String CLASSPATH = "classpath:";

    private ManifestFiles() {}

    /**
     * Read {@code classpath:name}, or a path from the working directory.
     *
     * @throws IllegalArgumentException if there is nothing of that name, or nothing in it
     */
    public static List<ManifestSource> read(String name) {
        try {
            return name.startsWith(CLASSPATH) ? resource(name) : path(name, Path.of(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static List<ManifestSource> resource(String name) throws IOException {
        String resource = name.substring(CLASSPATH.length());
        URL url = Thread.currentThread().getContextClassLoader().getResource(resource);
        if (url == null) {
            throw new IllegalArgumentException("there is no resource \"" + resource + "\" on the class path");
        }
        if (url.getProtocol().equals("file")) {
            return path(name, Path.of(URI.create(url.toString())));
        }
        try (InputStream in = url.openStream()) {
            return List.of(new ManifestSource(name, new String(in.readAllBytes(), UTF_8)));
        }
    }

    private static List<ManifestSource> path(String name, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return directory(name, path);
        }
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(
                    "there is no file " + path.toAbsolutePath() + "; a resource is named classpath:NAME");
        }
        return List.of(new ManifestSource(name, Files.readString(path)));
    }

    /** In the order of their names; directories in it are passed over. */
    private static List<ManifestSource> directory(String name, Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> manifests = files.filter(Files::isRegularFile)
                    .sorted()
                    .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .toList();
            if (manifests.isEmpty()) {
                throw new IllegalArgumentException(
                        "there is no .yaml, .yml or .json file in the directory " + path.toAbsolutePath());
            }
            List<ManifestSource> sources = new ArrayList<>();
            for (Path file : manifests) {
                String origin = name + (name.endsWith("/") ? "" : "/") + file.getFileName();
                sources.add(new ManifestSource(origin, Files.readString(file)));
            }
            return sources;
        }
    }
}
