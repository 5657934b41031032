// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Manifests as their authors wrote them")
class UpstreamManifestsTests {
    private static final String PROPERTY = "chaos.test.manifests";
    private Path folder = Path.of("");

    @BeforeEach
    void given() {
        String value = System.getProperty(PROPERTY, "");
        assumeTrue(
                !value.isEmpty(),
                () -> "Not run, because " + PROPERTY + " is not set: the folder of upstream manifests, which this"
                        + " repository does not carry.");
        folder = Path.of(value);
    }

    @Test
    @DisplayName("are read, nine files of ten at least, and the rest is refused with file and line")
    void nineOfTen() throws IOException {
        Map<Path, String> outcomes = new TreeMap<>();
        for (Path file : files(folder)) {
            outcomes.put(folder.relativize(file), outcome(file));
        }

        outcomes.forEach((file, outcome) -> System.out.printf("%-70s %s%n", file, outcome.replace("\n", "\n    ")));
        List<String> refused = outcomes.values().stream()
                .filter(outcome -> !outcome.startsWith("read"))
                .toList();
        System.out.printf("%d of %d are read%n", outcomes.size() - refused.size(), outcomes.size());
        assertThat(outcomes).hasSizeGreaterThan(50);
        assertThat(refused).hasSizeLessThanOrEqualTo(outcomes.size() / 10);
        assertThat(refused).allSatisfy(message -> assertThat(message).containsPattern("\\.yaml:[0-9]+: "));
    }

    private static String outcome(Path file) {
        try {
            Manifests read = ManifestReader.readAlone(List.of(ManifestSource.read(file.toString())));
            return "read: " + read.workloads().size() + " workloads, "
                    + read.services().size() + " Services, "
                    + read.leftOut().withoutEffect().size() + " without effect";
        } catch (ClusterException e) {
            return Objects.requireNonNull(e.getMessage());
        }
    }

    /** A chart's templates and values are no manifests, nor is what tells Kustomize what to do. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files =
                    new ArrayList<>(all.filter(path -> path.toString().endsWith(".yaml"))
                            .filter(path -> !path.toString().contains("/charts/"))
                            .filter(path -> !path.endsWith("kustomization.yaml") && !path.endsWith("labels.yaml"))
                            .toList());
            files.sort(Path::compareTo);
            return files;
        }
    }
}
