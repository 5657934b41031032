// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Kubernetes YAML and where it came from.
 *
 * @param origin file or resource name, for messages
 * @param yaml one or more documents
 */
public record ManifestSource(String origin, String yaml) {
    private static final String CLASSPATH = "classpath:";

    /**
     * Read {@code classpath:name}, or a file.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static ManifestSource read(String name) {
        try (InputStream in = open(name)) {
            return new ManifestSource(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        if (!name.startsWith(CLASSPATH)) {
            Path file = Path.of(name).toAbsolutePath();
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("there is no file " + file + "; a resource is named classpath:NAME");
            }
            return Files.newInputStream(file);
        }
        String resource = name.substring(CLASSPATH.length());
        InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalArgumentException("there is no resource \"" + resource + "\" on the class path");
        }
        return in;
    }
}
