// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes of a ConfigMap or a Secret; as they may be secret, printing them gives their number only. */
public final class Content {
    private final byte[] bytes;

    /** Keep a copy. */
    public Content(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** Keep a text as UTF-8. */
    public static Content of(String text) {
        return new Content(text.getBytes(UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
