// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Manifests;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a test leaves out of manifests")
class IgnoredTests {
    private static final String POLICY = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: none}
            """;
    private static final String HOOK = ManifestReaderTests.SHOP.replace(
            "args: [\"--verbose\"]", "lifecycle: {preStop: {exec: {command: [sleep]}}}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lifecycle",
                "containers.lifecycle",
                "containers[].lifecycle",
                "spec.template.spec.containers.lifecycle"
            })
    @DisplayName("is a field by its name or path, and the report says where it was")
    void field(String name) {
        assertThatExceptionOfType(ClusterException.class).isThrownBy(() -> read(HOOK));

        Manifests manifests = read(HOOK, name);

        assertThat(manifests.workloads()).hasSize(1);
        assertThat(manifests.leftOut().ignored())
                .containsExactly("spec.template.spec.containers.lifecycle (shop.yaml:19)");
    }

    @Test
    @DisplayName("is a kind, the only way to run with a NetworkPolicy that nothing here would hold to")
    void kind() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read(HOOK.replace("lifecycle: {preStop: {exec: {command: [sleep]}}}", "") + POLICY))
                .withMessageContaining(
                        "NetworkPolicy/none: kind NetworkPolicy of networking.k8s.io/v1 is not supported");

        assertThat(read(ManifestReaderTests.SHOP + POLICY, "NetworkPolicy")
                        .leftOut()
                        .ignored())
                .containsExactly("NetworkPolicy (shop.yaml:43)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lifecycles", "cycle", "template.lifecycle", "networkpolicy"})
    @DisplayName("is refused where the manifests do not have it")
    void unmet(String name) {
        String message = "ignore = \"" + name + "\" names no field and no kind of these manifests";

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read(HOOK + POLICY, "lifecycle", "NetworkPolicy", name))
                .withMessage(message);
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> KeptManifests.of(List.of(new ManifestSource("shop.yaml", HOOK)), List.of(name)))
                .withMessage(message);
    }

    @Test
    @DisplayName("is left out for a Kubernetes too, and the rest reads the same")
    void kubernetes() {
        String list = """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}}
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {mode: '0755', on: "yes"}}
                """;

        KeptManifests kept = KeptManifests.of(
                List.of(new ManifestSource("shop.yaml", HOOK + POLICY), new ManifestSource("list.yaml", list)),
                List.of("lifecycle", "NetworkPolicy"));

        assertThat(kept.leftOut().ignored())
                .containsExactly(
                        "spec.template.spec.containers.lifecycle (shop.yaml:19)",
                        "NetworkPolicy (shop.yaml:43, list.yaml:4)");
        assertThat(kept.sources().get(1).yaml()).doesNotContain("NetworkPolicy").contains("'0755'", "\"yes\"");
        Manifests read = ManifestReader.read(kept.sources(), List.of());
        Manifests expected = read(HOOK + POLICY, "lifecycle", "NetworkPolicy");
        assertThat(read.workloads()).isEqualTo(expected.workloads());
        assertThat(read.services()).isEqualTo(expected.services());
    }

    private static Manifests read(String yaml, String... ignore) {
        return ManifestReader.read(List.of(new ManifestSource("shop.yaml", yaml)), List.of(ignore));
    }
}
