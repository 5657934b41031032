// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ImageSpec;
import dev.chaosjunit.cluster.ManifestFiles;
import dev.chaosjunit.cluster.local.LocalCluster;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Five services of the local runtime, whose images are built,")
class ShopStartIT {
    private static final Path DIRECTORY = Path.of("target", "chaos-junit").toAbsolutePath();

    @Test
    @DisplayName("start in some hundred milliseconds, which are printed")
    void start() {
        Manifests shop = ManifestReader.read(ManifestFiles.read("classpath:shop.yaml"), List.of());
        List<ImageSpec> images = shop.workloads().stream()
                .map(Workload::name)
                .<ImageSpec>map(name ->
                        new GoImageSpec(name, "./cmd/" + name, Path.of("").toAbsolutePath()))
                .toList();
        assertThat(images).hasSize(5);
        LongStream.generate(() -> millis(shop, images))
                .limit(3)
                .peek(took -> assertThat(took).isLessThan(Duration.ofSeconds(20).toMillis()))
                .forEach(took -> System.out.println("five services, built before, are ready after " + took + " ms"));
    }

    private static long millis(Manifests shop, List<ImageSpec> images) {
        long[] begun = new long[1];
        try (LocalCluster cluster = LocalCluster.start(
                shop,
                images,
                DIRECTORY.resolve("images"),
                built -> begun[0] = System.nanoTime(),
                Collector.NONE,
                Duration.ofSeconds(60),
                DIRECTORY.resolve("shop-start"))) {
            long took = (System.nanoTime() - begun[0]) / 1_000_000;
            assertThat(cluster.unready()).isEmpty();
            return took;
        }
    }
}
