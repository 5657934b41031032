// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.render;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What turns a directory into manifests. */
enum Rendering {
    KUSTOMIZE,
    HELM,
    NONE;

    /** What the files of a directory ask for. */
    static Rendering of(Path directory) {
        if (holds(directory, "kustomization.yaml", "kustomization.yml", "Kustomization")) {
            return KUSTOMIZE;
        }
        return holds(directory, "Chart.yaml") ? HELM : NONE;
    }

    private static boolean holds(Path directory, String... files) {
        return Stream.of(files).anyMatch(file -> Files.isRegularFile(directory.resolve(file)));
    }
}
