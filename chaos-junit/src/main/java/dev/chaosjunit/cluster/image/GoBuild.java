// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Builds static executables, one after another; Go's own build cache makes the second time quick. */
public final class GoBuild {

    private final Path images;

    /**
     * Build below a directory.
     *
     * @param images where each image gets a directory that holds its executable
     */
    public GoBuild(Path images) {
        this.images = images.toAbsolutePath();
    }

    /**
     * Build one image.
     *
     * @return the executable
     * @throws ClusterException when it does not compile, with the compiler's output
     * @throws dev.chaosjunit.cluster.RuntimeUnavailableException when there is no Go
     */
    public Path build(GoImageSpec image) {
        Path target = images.resolve(image.name().replaceAll("[^-._a-zA-Z0-9]", "_"));
        GoTool go = new GoTool(image.directory());
        try {
            removeFiles(Files.createDirectories(target));
            if (image.main().contains("@")) {
                go.install(image, target);
            } else {
                go.build(image, target);
            }
            return onlyFile(image, target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the program of image " + image.name() + " in " + target, e);
        }
    }

    private static Path onlyFile(GoImageSpec image, Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> executables = files.filter(Files::isExecutable).toList();
            if (executables.size() != 1) {
                throw new ClusterException("image " + image.name() + ": " + image.main()
                        + " must be one package main, but building it made " + executables.size() + " executables");
            }
            return executables.get(0);
        }
    }

    private static void removeFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
