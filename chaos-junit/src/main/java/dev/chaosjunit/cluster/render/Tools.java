// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.render;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.image.GoBuild;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the commands that render manifests: the user's own, or else one built by Go.
 *
 * @param path directories of the user's commands
 * @param built directory of those that are built
 */
record Tools(List<Path> path, Path built) {
    static final Tool KUSTOMIZE = new Tool("kustomize", "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1");
    static final Tool HELM = new Tool("helm", "helm.sh/helm/v3/cmd/helm@v3.22.0");

    /**
     * A command.
     *
     * @param name of its file
     * @param main the Go package that it is built from, with its version
     */
    record Tool(String name, String main) {}

    /**
     * One that is there.
     *
     * @param isOurs whether it was built here
     */
    record Found(String name, String command, boolean isOurs) {}

    static Tools ofThisMachine(Path built) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new Tools(
                Arrays.stream(path.split(File.pathSeparator, -1))
                        .filter(directory -> !directory.isEmpty())
                        .map(Path::of)
                        .toList(),
                built);
    }

    /**
     * Find one; the first time it may take a minute or two to build.
     *
     * @throws IllegalArgumentException where there is none, with both ways out
     */
    Found find(Tool tool) {
        return path.stream()
                .map(directory -> directory.resolve(tool.name()))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new Found(tool.name(), file.toString(), false))
                .orElseGet(() -> new Found(tool.name(), build(tool), true));
    }

    private String build(Tool tool) {
        try {
            return GoBuild.command(built, tool.name(), tool.main()).toString();
        } catch (ClusterException | RuntimeUnavailableException e) {
            throw new IllegalArgumentException(
                    "there is no command " + tool.name() + " on the PATH, and it cannot be built: " + e.getMessage()
                            + "\nInstall " + tool.name() + ", or let go build " + tool.main() + ".",
                    e);
        }
    }
}
