// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@DisplayName("Where services run")
class RuntimesTests {

    @Test
    @DisplayName("is what the annotation says")
    void annotation() {
        assertThat(runtimes(Map.of()).wanted(plan(ClusterRuntime.LOCAL))).isEqualTo(ClusterRuntime.LOCAL);
    }

    @Test
    @DisplayName("is what the configuration parameter says, whatever the annotation does, in either case")
    void parameter() {
        assertThat(runtimes(Map.of(ChaosParameters.RUNTIME, "k3s")).wanted(plan(ClusterRuntime.LOCAL)))
                .isEqualTo(ClusterRuntime.K3S);
        assertThat(runtimes(Map.of(ChaosParameters.RUNTIME, "Auto")).wanted(plan(ClusterRuntime.LOCAL)))
                .isEqualTo(ClusterRuntime.AUTO);
    }

    @Test
    @DisplayName("cannot be what is no runtime; the message lists those there are")
    void misspelt() {
        Runtimes runtimes = runtimes(Map.of(ChaosParameters.RUNTIME, "k8s"));
        assertThatThrownBy(() -> runtimes.start(plan(ClusterRuntime.LOCAL), "Test"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("the configuration parameter chaos.runtime must be one of [auto, local, k3s, kubeconfig],"
                        + " but is \"k8s\"");
    }

    private static Runtimes runtimes(Map<String, String> parameters) {
        return new Runtimes(key -> Optional.ofNullable(parameters.get(key)));
    }

    private static ClusterPlan plan(ClusterRuntime runtime) {
        return new ClusterPlan(
                List.of(new ManifestSource("none", "")),
                List.of(),
                runtime,
                Duration.ofSeconds(1),
                new Windows(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }
}
