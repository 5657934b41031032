// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.render;

import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.image.Builder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs Kustomize and Helm. What they render is left in a file, which messages about it name.
 *
 * @param tools where they are
 * @param rendered directory for the files
 */
record Renderer(Tools tools, Path rendered) {
    /** What a Helm from elsewhere than its makers takes a cluster for is years old; a chart may ask for a newer one. */
    private static final String KUBERNETES = "1.34.0";

    /** Its output is YAML, and what it says besides is not. */
    private static final List<String> TO_FILE = List.of("sh", "-c", "exec \"$@\" >\"$0\"");

    static Renderer ofThisMachine() {
        Path own = Path.of("target", "chaos-junit");
        return new Renderer(Tools.ofThisMachine(own.resolve("tools")), own.resolve("rendered"));
    }

    ManifestSource kustomize(String name, Path directory) {
        Tools.Found tool = tools.find(Tools.KUSTOMIZE);
        return run(name, directory, tool, List.of("build", directory.toString()));
    }

    /** The release is named as the directory. */
    ManifestSource helm(String name, Path directory, List<Path> values) {
        Tools.Found tool = tools.find(Tools.HELM);
        String release = directory.getFileName().toString().toLowerCase(Locale.ROOT);
        List<String> arguments = new ArrayList<>(List.of("template", release, directory.toString()));
        arguments.addAll(List.of("--skip-tests", "--include-crds"));
        if (tool.isOurs()) {
            arguments.addAll(List.of("--kube-version", KUBERNETES));
        }
        values.forEach(file -> arguments.addAll(List.of("--values", file.toString())));
        return run(name, directory, tool, arguments);
    }

    private ManifestSource run(String name, Path directory, Tools.Found tool, List<String> arguments) {
        try {
            Path half = Files.createTempFile(Files.createDirectories(rendered.toAbsolutePath()), "half", ".yaml");
            List<String> command = new ArrayList<>(TO_FILE);
            command.addAll(List.of(half.toString(), tool.command()));
            command.addAll(arguments);
            Builder.Result result = Builder.run(directory, command, Map.of());
            if (result.exitCode() != 0) {
                Files.delete(half);
                throw new IllegalArgumentException(name + " cannot be rendered: " + tool.name() + " "
                        + String.join(" ", arguments) + " ended with exit code " + result.exitCode() + ":\n"
                        + result.output().strip());
            }
            Path whole = rendered.resolve(name.replaceAll("[^A-Za-z0-9]+", "-").replaceFirst("^-", "") + ".yaml");
            String yaml = Files.readString(half);
            Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
            return new ManifestSource(whole.toString(), yaml);
        } catch (RuntimeUnavailableException e) {
            throw new IllegalArgumentException(name + " cannot be rendered: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep in " + rendered + " what " + name + " is rendered to", e);
        }
    }
}
