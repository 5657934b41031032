// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that an annotation names: {@code classpath:NAME} or {@code file:PATH}. */
final class NamedFile {
    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";

    private NamedFile() {}

    static boolean isNamed(String text) {
        return text.startsWith(CLASSPATH) || text.startsWith(FILE);
    }

    /** @throws IllegalArgumentException if there is none, in words */
    static byte[] read(String name) {
        if (name.startsWith(CLASSPATH)) {
            return resource(name.substring(CLASSPATH.length()));
        }
        if (name.startsWith(FILE)) {
            return file(Path.of(name.substring(FILE.length())));
        }
        throw new IllegalArgumentException(
                "\"" + name + "\" names no file: expected \"classpath:NAME\" or \"file:PATH\"");
    }

    private static byte[] resource(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + name + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static byte[] file(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }
}
