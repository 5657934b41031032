// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoFlags;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.WindowLengths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An existing cluster")
class RuntimesTests {

    @Test
    @DisplayName("is not asked for anything where an image says what only a build would heed")
    void buildOnly() {
        GoImageSpec image = new GoImageSpec(
                "shop",
                List.of("./cmd/shop"),
                Path.of(""),
                List.of("*.json"),
                "/",
                new GoFlags(List.of(), "-s", List.of(), false));
        Plan plan = new Plan(
                List.of(new ManifestSource("shop.yaml", "")),
                List.of(),
                List.of(image),
                ClusterRuntime.KUBECONFIG,
                Duration.ofSeconds(1),
                new WindowLengths(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));

        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(
                        () -> new Runtimes(new Settings(parameter -> Optional.empty()), Collector.NONE, programs -> {})
                                .start(Preflight.of(plan), "none"))
                .withMessage("@GoImage(name = \"shop\") has ldflags, files, but on chaos.runtime=kubeconfig nothing is"
                        + " built: the cluster's own image has to hold what that asks for. Leave it out, or set"
                        + " chaos.runtime=local or k3s.");
    }
}
