// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import dev.chaosjunit.cluster.HostProgramSpec;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine behind image names. */
public final class HostPrograms {
    private static final Path ROOT = Path.of("/");

    private final List<HostProgramSpec> declared;
    private final List<Path> path;

    public HostPrograms(List<HostProgramSpec> declared) {
        this(declared, Stream.of(ImageContent.PATH.split(":")).map(Path::of).toList());
    }

    HostPrograms(List<HostProgramSpec> declared, List<Path> path) {
        this.declared = List.copyOf(declared);
        this.path = path;
    }

    /** What an image of the manifests stands for. */
    public Optional<HostProgramSpec> find(String image) {
        return declared.stream().filter(spec -> spec.isMeantBy(image)).findFirst();
    }

    /** Names of the declared images, for messages. */
    public List<String> names() {
        return declared.stream().map(HostProgramSpec::name).toList();
    }

    /**
     * What is run for an image.
     *
     * @throws RuntimeUnavailableException where this machine lacks the program or the user, with what brings them
     */
    public ImageContent content(HostProgramSpec spec) {
        Path program = program(spec.command().get(0))
                .orElseThrow(() -> missing(spec, "program " + spec.command().get(0)));
        Optional<HostPart.User> user = spec.user().isEmpty()
                ? Optional.empty()
                : Optional.of(new HostPart.User(id(spec, "-u"), id(spec, "-g")));
        List<String> entrypoint = new ArrayList<>(spec.command());
        entrypoint.set(0, program.toString());
        return new ImageContent(
                List.of(),
                entrypoint,
                "/",
                Optional.of(new HostPart(program, spec.prepare(), user, ProgramVersion.of(program))),
                false);
    }

    private Optional<Path> program(String name) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(Files::isExecutable);
        }
        return Stream.concat(onPath(name), packaged(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private Stream<Path> onPath(String name) {
        return path.stream().map(directory -> directory.resolve(name));
    }

    /** Debian keeps some programs aside, one directory a version: the highest comes first. */
    private static Stream<Path> packaged(String name) {
        return Stream.of("")
                .flatMap(once -> run("sh", "-c", "dpkg-query -S \"*/bin/$0\" 2>/dev/null", name)
                        .output()
                        .lines())
                .map(line -> Path.of(line.substring(line.lastIndexOf(' ') + 1)))
                .sorted(Comparator.reverseOrder());
    }

    private static int id(HostProgramSpec spec, String option) {
        Builder.Result result = run("id", option, spec.user());
        if (result.exitCode() != 0) {
            throw missing(spec, "user " + spec.user());
        }
        return Integer.parseInt(result.output().strip());
    }

    private static Builder.Result run(String... command) {
        return Builder.run(ROOT, List.of(command), Map.of("LC_ALL", "C"));
    }

    private static RuntimeUnavailableException missing(HostProgramSpec spec, String what) {
        String packages = String.join(" ", spec.packages());
        return new RuntimeUnavailableException("image " + spec.name() + ": this machine has no " + what
                + ", which @HostProgram takes for it. "
                + (packages.isEmpty() ? "Install it" : "Install the Debian package (apt-get install " + packages + ")")
                + ", or run with chaos.runtime=k3s, where the image is pulled.");
    }
}
