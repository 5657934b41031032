// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.kubeconfig.ApiKinds.Kind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Namespaces of somebody's cluster")
class AllowListTests {
    private final AllowList allowed =
            new AllowList(List.of("chaos", "more-chaos"), object -> new Kind("", "any", object instanceof Namespaced));

    @Test
    @DisplayName("are open where they are on the list, the first for objects that name none")
    void open() {
        ConfigMap nowhere = settings(null);

        allowed.admit(nowhere);
        allowed.admit(settings("more-chaos"));

        assertThat(nowhere.getMetadata().getNamespace()).isEqualTo("chaos");
    }

    @Test
    @DisplayName("are closed to an object that names another, by its name")
    void closed() {
        assertRefused(settings("production"), "ConfigMap/settings wants to be in namespace production");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kube-system", "kube-public", "kube-node-lease"})
    @DisplayName("of the cluster itself are closed even where a list would open them")
    void system(String name) {
        AllowList bold = new AllowList(List.of(name), object -> new Kind("", "any", true));

        assertThatThrownBy(() -> bold.admit(settings(name)))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("never holds kube-system, kube-public, kube-node-lease");
    }

    @Test
    @DisplayName("are all there is: nothing is made outside of them")
    void outside() {
        assertRefused(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("chaos")
                        .endMetadata()
                        .build(),
                "Namespace/chaos is in no namespace");
    }

    private void assertRefused(HasMetadata object, String why) {
        assertThatThrownBy(() -> allowed.admit(object))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("chaos")
                .hasMessageContaining("more-chaos");
    }

    private static ConfigMap settings(@Nullable String namespace) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }
}
