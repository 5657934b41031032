// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ManifestSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A run's own pods")
class OwnPodsTests {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: team, labels: {app: shop, tier: web}}
            ---
            """;
    private static final String DAEMONS = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: d, namespace: team}
            spec:
              selector: {matchLabels: {app: shop}}
              template: {metadata: {labels: {app: shop, tier: web}}}
            ---
            """;

    @ParameterizedTest
    @ValueSource(strings = {POD, DAEMONS})
    @DisplayName("are the only ones that a Service selects which selects any of them")
    void service(String pods) {
        List<HasMetadata> objects = read(pods + service("shop", "team", "{app: shop}"));

        assertThat(OwnPods.select(objects, "r1")).isEmpty();
        assertThat(selector(objects.get(1))).isEqualTo(Map.of("app", "shop", Marks.RUN, "r1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{app: shop, tier: db}", "{app: cart}"})
    @DisplayName("are not those of a Service that selects none of them: it is named and left as it is")
    void other(String labels) {
        List<HasMetadata> objects = read(POD + service("shop", "team", labels));

        assertThat(OwnPods.select(objects, "r1")).containsExactly("shop");
        assertThat(selector(objects.get(1))).doesNotContainKey(Marks.RUN);
    }

    @Test
    @DisplayName("are not found across namespaces")
    void elsewhere() {
        List<HasMetadata> objects =
                read(POD + service("shop", "team", "{app: shop}") + service("shop", "other", "{app: shop}"));

        assertThat(OwnPods.select(objects, "r1")).containsExactly("shop");
        assertThat(selector(objects.get(1))).containsKey(Marks.RUN);
        assertThat(selector(objects.get(2))).doesNotContainKey(Marks.RUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spec: {}", "spec: {selector: {}}", "spec: {type: ExternalName, externalName: x}"})
    @DisplayName("are no matter of a Service that selects nothing")
    void selectsNothing(String spec) {
        List<HasMetadata> objects =
                read(POD + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: team}\n" + spec);

        assertThat(OwnPods.select(objects, "r1")).isEmpty();
    }

    @Test
    @DisplayName("are the only ones that a workload adopts")
    void workload() {
        DaemonSet set = (DaemonSet) read(DAEMONS).get(0);
        OwnPods.select(set, "r1");

        assertThat(set.getSpec().getSelector().getMatchLabels()).isEqualTo(Map.of("app", "shop", Marks.RUN, "r1"));
    }

    private static Map<String, String> selector(HasMetadata service) {
        return ((Service) service).getSpec().getSelector();
    }

    private static String service(String name, String namespace, String selector) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: %s}
                spec: {selector: %s, ports: [{port: 80}]}
                ---
                """.formatted(name, namespace, selector);
    }

    private static List<HasMetadata> read(String yaml) {
        return ManifestObjects.read(List.of(new ManifestSource("shop.yaml", yaml)));
    }
}
