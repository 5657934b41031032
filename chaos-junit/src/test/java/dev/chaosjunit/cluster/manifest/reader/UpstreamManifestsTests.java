// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestFiles;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.ManifestException;
import dev.chaosjunit.cluster.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Manifests as their authors wrote them")
class UpstreamManifestsTests {
    private static final String PROPERTY = "chaos.test.manifests";
    private static final Pattern ELSEWHERE = Pattern.compile("among these manifests|no pod of these manifests");
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

    @ParameterizedTest
    @CsvSource({
        "podinfo/kustomize/deployment.yaml podinfo/kustomize/service.yaml podinfo/kustomize/hpa.yaml, 1, 1",
        "podinfo/deploy/webapp/common podinfo/deploy/webapp/frontend podinfo/deploy/webapp/backend, 2, 2",
        "kubernetes-examples/web/guestbook/all-in-one, 2, 2"
    })
    @DisplayName("are whole where they make an application, with all that they refer to")
    void applications(String names, int workloads, int services) {
        List<ManifestSource> sources = Stream.of(names.split(" ", -1))
                .flatMap(name -> ManifestFiles.read(folder.resolve(name).toString()).stream())
                .toList();

        Manifests read = ManifestReader.read(sources, List.of());

        assertThat(read.workloads()).hasSize(workloads);
        assertThat(read.services()).hasSize(services);
        assertThat(read.leftOut().withoutEffect()).isNotEmpty();
    }

    @Test
    @DisplayName("are whole: all of Online Boutique, one file after another")
    void boutique() throws IOException {
        List<ManifestSource> sources = files(folder.resolve("online-boutique")).stream()
                .flatMap(file -> ManifestFiles.read(file.toString()).stream())
                .toList();

        Manifests read = ManifestReader.read(sources, List.of());

        assertThat(read.workloads()).hasSize(12);
        assertThat(read.services()).hasSize(12);
    }

    /** What a file refers to may be in others, and so may what there is to run. */
    private static String outcome(Path file) {
        try {
            Manifests read = ManifestReader.read(ManifestFiles.read(file.toString()), List.of());
            return "read: " + read.workloads().size() + " workloads, "
                    + read.services().size() + " Services, "
                    + read.leftOut().withoutEffect().size() + " without effect";
        } catch (ManifestException e) {
            boolean whole = e.mistakes().stream()
                    .allMatch(mistake -> ELSEWHERE.matcher(mistake).find());
            return (whole ? "read, but for what others hold: " : "") + e.getMessage();
        } catch (ClusterException e) {
            String message = String.valueOf(e.getMessage());
            return (message.endsWith("there is nothing to run") ? "read: " : "") + message;
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
