// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.jwt.JwtKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key where an annotation says it: in a file, on the class path, or in its own words. */
final class KeyText {
    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";

    private KeyText() {}

    static JwtKey parse(String text) {
        if (text.startsWith(CLASSPATH)) {
            return JwtKey.parse(resource(text.substring(CLASSPATH.length())));
        }
        return JwtKey.parse(text.startsWith(FILE) ? file(Path.of(text.substring(FILE.length()))) : text);
    }

    private static String resource(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no " + name + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static String file(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }
}
