// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.chaosmesh.ChaosMeshInjector;
import dev.chaosjunit.inject.chaosmesh.ChaosMeshLife;
import dev.chaosjunit.inject.chaosmesh.RunPods;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("On a real API server, by the definitions of Chaos Mesh")
class ChaosMeshIT extends ChaosMeshLife {
    private static @Nullable ChaosMeshApi api;

    @BeforeAll
    static void connect() throws IOException {
        api = ChaosMeshApi.connect();
    }

    @AfterAll
    static void leave() {
        if (api != null) {
            api.close();
        }
    }

    @Test
    @DisplayName("whoever may not use Chaos Mesh there is told so before anything is made")
    void notAllowed() {
        try (KubernetesClient nobody = requireNonNull(api).nobody();
                ChaosMeshInjector injector = new ChaosMeshInjector(
                        nobody,
                        new RunPods("run-1", List.of(namespace()), List::of, pod -> List.of()),
                        Optional.empty())) {
            assertThatThrownBy(injector::check)
                    .isInstanceOf(InjectionException.class)
                    .hasMessageStartingWith("Kubernetes forbids to create networkchaos.chaos-mesh.org in namespace "
                            + namespace() + ": ");
        }
    }

    @Override
    protected KubernetesClient client() {
        return requireNonNull(api).client();
    }

    @Override
    protected String namespace() {
        return requireNonNull(api).namespace();
    }
}
