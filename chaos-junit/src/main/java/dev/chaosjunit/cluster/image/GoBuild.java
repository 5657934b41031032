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
     * Build below a directory. What is there already and up to date is kept, so that even the linker has nothing to do.
     *
     * @param images where the executables go
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
        try {
            Files.createDirectories(images);
            return image.main().contains("@") ? install(image) : compile(image);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the program of image " + image.name() + " in " + images, e);
        }
    }

    private Path compile(GoImageSpec image) {
        Path executable = images.resolve(fileName(image.name()));
        new GoTool(image.directory()).build(image, executable);
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            throw new ClusterException("image " + image.name() + ": " + image.main() + " in " + image.directory()
                    + " is no package main: building it made no executable");
        }
        return executable;
    }

    /** The tool chain picks the file's name, so each version gets a directory. */
    private Path install(GoImageSpec image) throws IOException {
        Path directory = images.resolve(fileName(image.main()));
        new GoTool(Files.createDirectories(directory)).install(image, directory);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> executables = files.filter(Files::isExecutable).toList();
            if (executables.size() != 1) {
                throw new ClusterException("image " + image.name() + ": " + image.main()
                        + " must be one package main, but installing it made " + executables);
            }
            return executables.get(0);
        }
    }

    private static String fileName(String name) {
        return name.replaceAll("[^-._a-zA-Z0-9]", "_");
    }
}
