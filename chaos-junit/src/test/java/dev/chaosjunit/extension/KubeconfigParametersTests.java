// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.kubeconfig.KubeconfigSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@DisplayName("The parameters of chaos.runtime=kubeconfig")
class KubeconfigParametersTests {

    @Test
    @DisplayName("are a list of namespaces, and defaults for the rest")
    void defaults() {
        KubeconfigSettings settings = read(Map.of("chaos.namespaces", "shop, shop-db,"));

        assertThat(settings.namespaces()).containsExactly("shop", "shop-db");
        assertThat(settings.file()).isEmpty();
        assertThat(settings.context()).isEmpty();
        assertThat(settings.agentImage()).matches("chaos-junit/agent:[0-9.]+(-SNAPSHOT)?");
    }

    @Test
    @DisplayName("name a file, a context and an image")
    void all() {
        assertThat(read(Map.of(
                        "chaos.namespaces", "shop",
                        "chaos.kubeconfig", "/etc/kubeconfig",
                        "chaos.context", "staging",
                        "chaos.agent.image", "registry/agent:1")))
                .satisfies(settings -> {
                    assertThat(settings.file()).contains(Path.of("/etc/kubeconfig"));
                    assertThat(settings.context()).contains("staging");
                    assertThat(settings.agentImage()).isEqualTo("registry/agent:1");
                });
    }

    @Test
    @DisplayName("are refused without namespaces, with the reason")
    void none() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("needs the configuration parameter chaos.namespaces: the cluster is not ours");
    }

    @Test
    @DisplayName("are refused with a namespace of the cluster itself")
    void system() {
        assertThatThrownBy(() -> read(Map.of("chaos.namespaces", "shop,kube-system")))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("chaos.namespaces")
                .hasMessageContaining("namespace kube-system belongs to the cluster itself");
    }

    private static KubeconfigSettings read(Map<String, String> parameters) {
        return new KubeconfigParameters(name -> Optional.ofNullable(parameters.get(name))).read();
    }
}
