// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.cluster.ManifestFiles;
import dev.chaosjunit.cluster.ManifestSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Manifests by name")
class NamedManifestsTests {
    private static final Path RESOURCES = Path.of("src/test/resources/render").toAbsolutePath();

    @TempDir
    private Path directory;

    private Path bin;

    @BeforeEach
    void path() throws IOException {
        bin = Files.createDirectories(directory.resolve("bin"));
    }

    @Test
    @DisplayName("are a file, a resource or the files of a directory, where there is nothing to render")
    void plain() {
        assertThat(named().read("src/test/resources/render/shop/values.yaml"))
                .isEqualTo(ManifestFiles.read("src/test/resources/render/shop/values.yaml"));
        assertThat(named().read("classpath:render/shop/values.yaml"))
                .isEqualTo(ManifestFiles.read("classpath:render/shop/values.yaml"));
        assertThat(named().read("classpath:render"))
                .extracting(ManifestSource::origin)
                .containsExactly("classpath:render/values-dev.yaml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named().read("classpath:none"))
                .withMessage("there is no resource \"none\" on the class path");
    }

    @Test
    @DisplayName("are what the user's kustomize makes of a directory, and not what it warns of")
    void kustomize() throws IOException {
        command("kustomize", "echo \"Warning: old\" >&2; echo \"kind: Made # by $*\"");

        ManifestSource made =
                named().read("classpath:render/kustomized/overlay").get(0);
        assertThat(made.yaml()).matches("kind: Made # by build /.*/render/kustomized/overlay\n");
        assertThat(made.origin())
                .isEqualTo(directory
                        .resolve("rendered/classpath-render-kustomized-overlay.yaml")
                        .toString());
        assertThat(Path.of(made.origin())).hasContent(made.yaml());
    }

    @Test
    @DisplayName("are what the user's helm makes of a chart with values, for the cluster that it knows itself")
    void helm() throws IOException {
        command("helm", "echo \"# $*\"");
        Path values = RESOURCES.resolve("values-dev.yaml");
        NamedManifests named = new NamedManifests(List.of(values.toString()), renderer());
        named.requireChart(List.of("classpath:render/shop"));

        assertThat(named.read(RESOURCES.resolve("shop").toString()).get(0).yaml())
                .isEqualTo("# template shop " + RESOURCES.resolve("shop") + " --skip-tests --include-crds --values "
                        + values + "\n");
    }

    @Test
    @DisplayName("that cannot be rendered are refused in the tool's words, and leave nothing behind")
    void broken() throws IOException {
        command("kustomize", "echo half; echo 'Error: no such patch' >&2; exit 7");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> named().read("classpath:render/kustomized/overlay"))
                .withMessageMatching("classpath:render/kustomized/overlay cannot be rendered: kustomize build"
                        + " /.*/render/kustomized/overlay ended with exit code 7:\nError: no such patch");
        assertThat(directory.resolve("rendered")).isEmptyDirectory();
    }

    @Test
    @DisplayName("refuse values where there is no chart, and those that are not there")
    void values() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamedManifests(List.of("classpath:render/values-dev.yaml"), renderer())
                        .requireChart(List.of("classpath:render")))
                .withMessage("values are for Helm charts, but no directory of the manifests [classpath:render]"
                        + " has a Chart.yaml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamedManifests(List.of("none.yaml"), renderer()))
                .withMessageStartingWith("there is no file ");
    }

    private NamedManifests named() {
        return new NamedManifests(List.of(), renderer());
    }

    private Renderer renderer() {
        return new Renderer(new Tools(List.of(bin), directory.resolve("tools")), directory.resolve("rendered"));
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
