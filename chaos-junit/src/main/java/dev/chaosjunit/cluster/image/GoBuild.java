// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Builds static executables, one after another; Go's own build cache makes the second time quick. */
public final class GoBuild {

    private static final Object ONE_AT_A_TIME = new Object();
    private static final Map<String, Path> DONE = new ConcurrentHashMap<>();

    private final Path images;
    private final String arch;

    /**
     * Build below a directory, which all classes and JVMs may share: they take turns. What is there already and up to
     * date is kept, so that even the linker has nothing to do.
     *
     * @param images where the executables go
     * @param arch what they are for, as Go and Kubernetes name it: {@code amd64}, {@code arm64}
     */
    public GoBuild(Path images, String arch) {
        this.images = images.toAbsolutePath();
        this.arch = arch;
    }

    /**
     * Build one image, unless this JVM has done so: even to find that there is nothing to do takes Go some seconds, and
     * with nearly every class of a test run.
     */
    Path buildOnce(GoImageSpec image) {
        return DONE.compute(
                String.join("\n", images.toString(), arch, image.toString()),
                (key, done) -> done != null && Files.isExecutable(done) ? done : build(image));
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
            return inTurn(image);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the program of image " + image.name() + " in " + images, e);
        }
    }

    /** A file lock keeps other JVMs out, but not our own threads. */
    private Path inTurn(GoImageSpec image) throws IOException {
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel file = FileChannel.open(images.resolve(".lock"), CREATE, WRITE)) {
                var unused = file.lock();
                return image.main().contains("@") ? install(image) : compile(image);
            }
        }
    }

    /** One name may mean different packages in different classes, so each package gets a directory. */
    private Path compile(GoImageSpec image) throws IOException {
        Path source = image.directory().resolve(image.main()).normalize();
        Path directory = Files.createDirectories(images.resolve(arch + "-" + Integer.toHexString(source.hashCode())));
        Path executable = directory.resolve(fileName(image.name()));
        new GoTool(image.directory(), arch, scratch()).build(image, executable);
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            throw new ClusterException("image " + image.name() + ": " + image.main() + " in " + image.directory()
                    + " is no package main: building it made no executable");
        }
        return executable;
    }

    /** The tool chain picks the file's name, so each version gets a directory. */
    private Path install(GoImageSpec image) throws IOException {
        Path directory = images.resolve(arch + "-" + fileName(image.main()));
        new GoTool(Files.createDirectories(directory), arch, scratch()).install(image, directory);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> executables = files.filter(Files::isExecutable).toList();
            if (executables.size() != 1) {
                throw new ClusterException("image " + image.name() + ": " + image.main()
                        + " must be one package main, but installing it made " + executables);
            }
            return executables.get(0);
        }
    }

    private Path scratch() throws IOException {
        return Files.createDirectories(images.resolve(".go"));
    }

    private static String fileName(String name) {
        return name.replaceAll("[^-._a-zA-Z0-9]", "_");
    }
}
