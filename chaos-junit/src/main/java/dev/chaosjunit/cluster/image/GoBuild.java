// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Builds executables, one image after another; Go's own build cache makes the second time quick. */
public final class GoBuild {
    private static final Map<String, List<Path>> DONE = new ConcurrentHashMap<>();

    private final Path images;
    private final Map<String, String> platform;

    /**
     * Build below a directory, which all classes and JVMs may share: they take turns. What is there already and up to
     * date is kept, so that even the linker has nothing to do.
     *
     * @param images where the executables go
     * @param arch what they are for, as Go and Kubernetes name it: {@code amd64}, {@code arm64}
     */
    public GoBuild(Path images, String arch) {
        this(images, Map.of("GOOS", "linux", "GOARCH", arch));
    }

    private GoBuild(Path images, Map<String, String> platform) {
        this.images = images.toAbsolutePath();
        this.platform = platform;
    }

    /**
     * Build a command for this machine, unless it is there.
     *
     * @param directory where it goes
     * @param main a versioned package
     * @throws ClusterException when it cannot be fetched or does not compile
     * @throws dev.chaosjunit.cluster.RuntimeUnavailableException when there is no Go
     */
    public static Path command(Path directory, String name, String main) {
        return new GoBuild(directory, Map.of())
                .buildOnce(new GoImageSpec(name, main, directory))
                .get(0);
    }

    /**
     * Build one image, unless this JVM has done so: even to find that there is nothing to do takes Go some seconds, and
     * with nearly every class of a test run.
     */
    List<Path> buildOnce(GoImageSpec image) {
        return DONE.compute(
                String.join("\n", images.toString(), platform.toString(), image.toString()),
                (key, done) -> done != null && done.stream().allMatch(Files::isExecutable) ? done : build(image));
    }

    /**
     * Build one image.
     *
     * @return the executables, as the image's packages stand
     * @throws ClusterException when it does not compile, with the compiler's output
     * @throws dev.chaosjunit.cluster.RuntimeUnavailableException when there is no Go
     */
    public List<Path> build(GoImageSpec image) {
        try {
            Files.createDirectories(images);
            return BuildTurn.of(images, "image " + image.name(), () -> inTurn(image));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the programs of image " + image.name() + " in " + images, e);
        }
    }

    /** One name may mean different packages or flags in different classes, so each such gets a directory. */
    private List<Path> inTurn(GoImageSpec image) throws IOException {
        List<Object> key = List.of(image.directory(), image.main(), image.flags());
        String arch = platform.getOrDefault("GOARCH", "here");
        Path directory = Files.createDirectories(images.resolve(arch + "-" + Integer.toHexString(key.hashCode())));
        Path scratch = Files.createDirectories(images.resolve(".go"));
        GoTool here = new GoTool(image, image.directory(), platform, scratch);
        FetchedModule fetched = new FetchedModule(image, directory.resolve("module"), platform, scratch);
        List<Path> executables = new ArrayList<>();
        for (int i = 0; i < image.main().size(); i++) {
            String main = image.main().get(i);
            Path executable = directory.resolve(image.programs().get(i));
            build(image, main, executable, GoImageSpec.isVersioned(main) ? fetched.tool() : here);
            executables.add(executable);
        }
        return executables;
    }

    private static void build(GoImageSpec image, String main, Path executable, GoTool tool) throws IOException {
        Object before = identity(executable);
        Progress.of("image " + image.name() + ": go builds " + main, () -> {
            tool.build(main.replaceFirst("@.*", ""), executable);
            if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
                throw new ClusterException("image " + image.name() + ": " + main + " in " + image.directory()
                        + " is no package main: building it made no executable");
            }
            return identity(executable).equals(before) ? "nothing was to do" : "built";
        });
    }

    /** Go replaces a file that is outdated, and touches one that is not. */
    private static Object identity(Path executable) throws IOException {
        if (!Files.exists(executable)) {
            return "none";
        }
        Object key = Files.readAttributes(executable, BasicFileAttributes.class).fileKey();
        return key == null ? executable : key;
    }
}
