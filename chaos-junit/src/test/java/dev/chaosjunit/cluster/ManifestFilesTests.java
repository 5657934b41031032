// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The name of manifests")
class ManifestFilesTests {

    @Test
    @DisplayName("is that of a file, or of a directory with YAML and JSON files in it, in their order")
    void names(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("b.yml"), "b: 1");
        Files.writeString(directory.resolve("a.yaml"), "a: 1");
        Files.writeString(directory.resolve("c.json"), "{}");
        Files.writeString(directory.resolve("README.md"), "text");
        Files.createDirectory(directory.resolve("more.yaml"));

        assertThat(ManifestFiles.read(directory + "/"))
                .containsExactly(
                        new ManifestSource(directory + "/a.yaml", "a: 1"),
                        new ManifestSource(directory + "/b.yml", "b: 1"),
                        new ManifestSource(directory + "/c.json", "{}"));
        assertThat(ManifestFiles.read(directory + "/b.yml"))
                .containsExactly(new ManifestSource(directory + "/b.yml", "b: 1"));
    }

    @Test
    @DisplayName("is that of a resource, in a directory or in a jar, or of a directory of resources")
    void resources() {
        assertThat(ManifestFiles.read("classpath:org/junit/jupiter/api/Test.class"))
                .hasSize(1);
        assertThat(ManifestFiles.read("classpath:extension/none.yaml"))
                .isEqualTo(ManifestFiles.read("classpath:extension").stream()
                        .filter(source -> source.origin().equals("classpath:extension/none.yaml"))
                        .toList());
    }

    @Test
    @DisplayName("is refused where there is nothing")
    void nothing(@TempDir Path directory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestFiles.read(directory.toString()))
                .withMessageContaining("no .yaml, .yml or .json file in the directory " + directory);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestFiles.read(directory + "/x"))
                .withMessage("there is no file " + directory + "/x; a resource is named classpath:NAME");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ManifestFiles.read("classpath:x/y"))
                .withMessage("there is no resource \"x/y\" on the class path");
    }
}
