// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.k3s.K3sRuntime;
import dev.chaosjunit.cluster.k3s.K3sSettings;
import dev.chaosjunit.cluster.kubeconfig.KubeconfigSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Configuration parameters")
class SettingsTests {
    private static final Duration TEN = Duration.ofSeconds(10);

    @Test
    @DisplayName("leave it to the plan where services run")
    void plan() {
        assertThat(settings(Map.of()).runtime(Plans.on(ClusterRuntime.LOCAL))).isEqualTo(ClusterRuntime.LOCAL);
    }

    @ParameterizedTest
    @CsvSource({"k3s, K3S", "Auto, AUTO"})
    @DisplayName("say where services run, whatever the plan does, in either case")
    void runtime(String text, ClusterRuntime runtime) {
        assertThat(settings(Map.of(ChaosParameters.RUNTIME, text)).runtime(Plans.on(ClusterRuntime.LOCAL)))
                .isEqualTo(runtime);
    }

    @Test
    @DisplayName("cannot say what is no runtime; the message lists those there are")
    void noRuntime() {
        Settings settings = settings(Map.of(ChaosParameters.RUNTIME, "k8s"));
        assertThatThrownBy(() -> settings.runtime(Plans.on(ClusterRuntime.LOCAL)))
                .isInstanceOf(SettingException.class)
                .hasMessage("the configuration parameter chaos.runtime must be one of [auto, local, k3s, kubeconfig],"
                        + " but is \"k8s\"");
    }

    @Test
    @DisplayName("name the engine; the helper is it unless they do")
    void engine() {
        assertThat(settings(Map.of()).engine()).isEqualTo(Engine.HELPER);
        assertThat(settings(Map.of("chaos.engine", "chaos-mesh")).engine()).isEqualTo(Engine.CHAOS_MESH);
        assertThatThrownBy(() -> settings(Map.of("chaos.engine", "litmus")).engine())
                .isInstanceOf(SettingException.class)
                .hasMessage("the configuration parameter chaos.engine must be helper or chaos-mesh, but is \"litmus\"");
    }

    @Test
    @DisplayName("say how many nodes a k3s cluster has, from 1 to 8; one unless they do")
    void nodes() {
        assertThat(settings(Map.of()).k3s()).isEqualTo(new K3sSettings(K3sRuntime.DEFAULT_IMAGE, 1, TEN));
        assertThat(settings(Map.of("chaos.k3s.nodes", "8", "chaos.k3s.image", "some/k3s:1"))
                        .k3s())
                .isEqualTo(new K3sSettings("some/k3s:1", 8, TEN));
        for (String text : List.of("0", "9", "-1", "two", "")) {
            assertThatThrownBy(() -> settings(Map.of("chaos.k3s.nodes", text)).k3s())
                    .isInstanceOf(SettingException.class)
                    .hasMessage("the configuration parameter chaos.k3s.nodes must be a whole number from 1 to 8, but is"
                            + " \"" + text + "\"");
        }
    }

    @Test
    @DisplayName("say after how much silence a node is lost, from 2s to 60s; 10s unless they do")
    void nodeTimeout() {
        assertThat(settings(Map.of("chaos.node.timeout", "2500ms")).k3s().nodeTimeout())
                .isEqualTo(Duration.ofMillis(2500));
        assertThat(settings(Map.of("chaos.node.timeout", "60s", "chaos.namespaces", "shop"))
                        .kubeconfig()
                        .nodeTimeout())
                .isEqualTo(Duration.ofMinutes(1));
        for (String text : List.of("1999ms", "61s", "-3s", "10", "")) {
            assertThatThrownBy(
                            () -> settings(Map.of("chaos.node.timeout", text)).k3s())
                    .isInstanceOf(SettingException.class)
                    .hasMessage(
                            "the configuration parameter chaos.node.timeout must be a duration from 2s to 60s, but is"
                                    + " \"" + text + "\"");
        }
    }

    @Test
    @DisplayName("name where telemetry goes, by a URL")
    void otlpEndpoint() {
        assertThat(settings(Map.of()).otlpEndpoint()).isEmpty();
        for (String text : List.of("http://collector.observability:4318", "https://10.0.0.7:4317/otlp")) {
            assertThat(settings(Map.of(ChaosParameters.OTLP_ENDPOINT, " " + text))
                            .otlpEndpoint())
                    .contains(URI.create(text));
        }
        for (String text : List.of(
                "collector:4317", "ftp://x", "not a url", "http://a b/", "http://\"c\":4318", "http:///v1", "\"", "")) {
            assertThatThrownBy(
                            () -> settings(Map.of("chaos.otlp.endpoint", text)).otlpEndpoint())
                    .isInstanceOf(SettingException.class)
                    .hasMessage("the configuration parameter chaos.otlp.endpoint must be a URL such as"
                            + " http://collector.observability:4318, but is \"" + text + "\"");
        }
    }

    @Test
    @DisplayName("fix the seed, where it is a number")
    void seed() {
        assertThat(settings(Map.of()).seed()).isEmpty();
        assertThat(settings(Map.of("chaos.seed", "42")).seed()).hasValue(42L);
        assertThatThrownBy(() -> settings(Map.of("chaos.seed", "lucky")).seed())
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("chaos.seed must be a whole number, but is \"lucky\"");
    }

    private static Settings settings(Map<String, String> parameters) {
        return new Settings(name -> Optional.ofNullable(parameters.get(name)));
    }

    @Nested
    @DisplayName("of chaos.runtime=kubeconfig")
    class Kubeconfig {

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
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining(
                            "needs the configuration parameter chaos.namespaces: the cluster is not ours");
        }

        @Test
        @DisplayName("are refused with a namespace of the cluster itself")
        void system() {
            assertThatThrownBy(() -> read(Map.of("chaos.namespaces", "shop,kube-system")))
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining("chaos.namespaces")
                    .hasMessageContaining("namespace kube-system belongs to the cluster itself");
        }

        private static KubeconfigSettings read(Map<String, String> parameters) {
            return settings(parameters).kubeconfig();
        }
    }
}
