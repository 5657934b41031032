// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The {@code go} command for one image, run in one directory, with the user's own settings. */
final class GoTool {

    /** The leak profile is an experiment in 1.26, compiled in only on demand; later versions have it by default. */
    private static final String LEAK_PROFILE_VERSION = "go1.26";

    private final GoImageSpec image;
    private final Path directory;
    private final Map<String, String> platform;
    private final Path scratch;

    /**
     * Run it in a directory.
     *
     * @param platform what Go is told of it: this machine's where nothing
     * @param scratch for its temporary files, on the file system of the executables: so it replaces an outdated one in
     *     one step, while another JVM may be starting that
     */
    GoTool(GoImageSpec image, Path directory, Map<String, String> platform, Path scratch) {
        this.image = image;
        this.directory = directory;
        this.platform = platform;
        this.scratch = scratch;
    }

    /** Compile a package into a file. */
    void build(String main, Path executable) {
        Stream<String> output = Stream.of("-o", executable.toString(), main);
        run(Stream.of(Stream.of("build"), image.flags().arguments().stream(), output)
                .flatMap(part -> part)
                .toList());
    }

    /** Require packages of certain versions, and download them. */
    void get(List<String> packages) {
        run(Stream.concat(Stream.of("get"), packages.stream()).toList());
    }

    /** Run one of its commands; the workspace that the directory may be in matters to the image's own packages only. */
    void run(List<String> arguments) {
        Map<String, String> environment = new HashMap<>(leakProfile());
        if (!directory.equals(image.directory())) {
            environment.put("GOWORK", "off");
        }
        Builder.Result result = run(arguments, environment);
        if (result.exitCode() != 0) {
            throw new ClusterException("image " + image.name() + ": go " + String.join(" ", arguments) + " in "
                    + directory + " failed with exit code " + result.exitCode() + ":\n"
                    + result.output().strip());
        }
    }

    private Map<String, String> leakProfile() {
        String output = run(List.of("env", "GOVERSION"), Map.of()).output().strip();
        String version = output.substring(output.lastIndexOf('\n') + 1); // before it may stand what was downloaded
        boolean experimental = version.equals(LEAK_PROFILE_VERSION) || version.startsWith(LEAK_PROFILE_VERSION + ".");
        return experimental ? Map.of("GOEXPERIMENT", "goroutineleakprofile") : Map.of();
    }

    private Builder.Result run(List<String> arguments, Map<String, String> environment) {
        if (!Files.isDirectory(directory)) {
            throw new ClusterException("there is no directory " + directory + " to run go in");
        }
        List<String> command = new ArrayList<>(List.of("go"));
        command.addAll(arguments);
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(platform);
        all.put("GOTMPDIR", scratch.toString());
        all.put("CGO_ENABLED", image.flags().cgo() ? "1" : "0");
        try {
            return Builder.run(directory, command, all);
        } catch (RuntimeUnavailableException e) {
            throw new RuntimeUnavailableException("Go is needed to build the services, but the command \"go\" cannot be"
                    + " started: " + e.getMessage()
                    + ". Install it (https://go.dev/dl) and put it on the PATH, which is "
                    + System.getenv("PATH"));
        }
    }
}
