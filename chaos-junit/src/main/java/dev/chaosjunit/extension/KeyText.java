// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.jwt.JwtKey;

/** A key where an annotation says it: in a file, on the class path, or in its own words. */
final class KeyText {
    private KeyText() {}

    static JwtKey parse(String text) {
        return JwtKey.parse(NamedFile.isNamed(text) ? new String(NamedFile.read(text), UTF_8) : text);
    }
}
