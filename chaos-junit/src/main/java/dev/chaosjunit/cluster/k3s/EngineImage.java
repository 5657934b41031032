// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import com.github.dockerjava.api.exception.DockerException;
import dev.chaosjunit.cluster.ClusterException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An image that the Docker Engine has, as somebody built or pulled it there.
 *
 * @param name as the manifests name it
 * @param id of its content, {@code sha256:…}
 * @param tags all its names, also those with a version
 */
record EngineImage(String name, String id, List<String> tags) {
    private static final int SHOWN = 12;

    private String shortId() {
        String digest = id.substring(id.indexOf(':') + 1);
        return digest.substring(0, Math.min(SHOWN, digest.length()));
    }

    /** Which one it is: its other names often say the version that {@code latest} does not. */
    String describe() {
        String others = tags.stream()
                .filter(tag -> !tag.equals(name) && !tag.equals(name + ":latest"))
                .sorted()
                .collect(Collectors.joining(", "));
        return name + " is the Docker Engine's " + (others.isEmpty() ? "" : others + ", ") + shortId();
    }

    /**
     * Write it as a tar that {@code ctr images import} takes; nothing to do where it is there already.
     *
     * @param directory for tars, which all images may share
     */
    Path tar(DockerEngine engine, Path directory) {
        Path tar = directory.resolve("engine-" + name.replaceAll("[^-._a-zA-Z0-9]", "_") + "-" + shortId() + ".tar");
        try {
            if (!Files.exists(tar)) {
                Files.createDirectories(directory);
                K3sRuntime.WAITING.during(
                        () -> "saves image " + name + " from the Docker Engine", () -> write(engine, tar));
            }
            return tar;
        } catch (IOException | DockerException e) {
            throw new ClusterException(
                    "image " + name + ", which the Docker Engine has, cannot be written to " + tar + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private Path write(DockerEngine engine, Path tar) throws IOException {
        Path half = Files.createTempFile(tar.getParent(), "image", ".part");
        try (InputStream saved = engine.api().saveImageCmd(name).exec()) {
            Files.copy(saved, half, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(half, tar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }
}
