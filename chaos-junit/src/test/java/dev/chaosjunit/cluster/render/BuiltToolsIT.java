// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow") // it builds Kustomize and Helm, unless Go's cache has them
@DisplayName("Where there is no kustomize and no helm, those that Go builds")
class BuiltToolsIT {
    private static final String UPSTREAM = "chaos.test.manifests";

    /** Shared by all runs: they are linked once. */
    private static final Path BUILT = Path.of("target/chaos-junit/tools").toAbsolutePath();

    @TempDir
    private Path rendered;

    @Test
    @DisplayName("render an overlay")
    void kustomize() {
        Workload shop = read("classpath:render/kustomized/overlay").workloads().get(0);

        assertThat(shop.name()).isEqualTo("dev-shop");
        assertThat(shop.pod().containers().get(0).image()).isEqualTo("shop:2");
    }

    @Test
    @DisplayName("render a chart with values, without its tests, for a cluster that is new enough")
    void helm() {
        List<Workload> workloads = read("classpath:render/shop", "classpath:render/values-dev.yaml")
                .workloads();

        assertThat(workloads).singleElement().satisfies(shop -> {
            assertThat(shop.name()).isEqualTo("shop");
            assertThat(shop.replicas()).isEqualTo(3);
            assertThat(shop.pod().containers().get(0).image()).isEqualTo("shop:latest");
        });
    }

    @Test
    @DisplayName("name the file that is wrong")
    void broken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("classpath:render/broken-overlay"))
                .withMessageContaining("classpath:render/broken-overlay cannot be rendered: kustomize build ")
                .withMessageContaining("missing.yaml");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("classpath:render/broken-chart"))
                .withMessageContaining("classpath:render/broken-chart cannot be rendered: helm template broken-chart ")
                .withMessageContaining("broken-chart/templates/service.yaml:4");
    }

    @Test
    @DisplayName("render podinfo's overlay and chart as their authors wrote them, and both are taken")
    void upstream() {
        String folder = System.getProperty(UPSTREAM, "");
        assumeTrue(!folder.isEmpty(), UPSTREAM + " is not set: the folder of upstream manifests");

        Manifests overlay = read(folder + "/podinfo/deploy/overlays/dev");
        assertThat(overlay.workloads())
                .extracting(Workload::name)
                .containsExactlyInAnyOrder("backend", "frontend", "cache", "database-primary", "database-replica");
        Manifests chart = read(folder + "/podinfo/charts/podinfo");
        assertThat(chart.workloads()).extracting(Workload::name).containsExactly("podinfo");
        assertThat(chart.services()).extracting(ServiceSpec::name).containsExactly("podinfo");
    }

    private Manifests read(String name, String... values) {
        NamedManifests named = new NamedManifests(List.of(values), new Renderer(new Tools(List.of(), BUILT), rendered));
        List<ManifestSource> sources = named.read(name);
        return ManifestReader.read(sources, List.of());
    }
}
