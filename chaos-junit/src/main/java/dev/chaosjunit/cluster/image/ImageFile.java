// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A file of an image.
 *
 * @param source where it is on this machine
 * @param target where it is in the image, absolute
 * @param executable mode 755, else 644
 */
public record ImageFile(Path source, String target, boolean executable) {

    /** For what images are told by. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What tells it from any other that an image may have in its place. */
    void addTo(MessageDigest digest) throws IOException {
        digest.update((target + executable).getBytes(UTF_8));
        digest.update(Files.readAllBytes(source));
    }
}
