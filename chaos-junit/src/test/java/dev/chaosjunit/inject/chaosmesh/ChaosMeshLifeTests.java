// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;

@DisplayName("On a mocked API server")
class ChaosMeshLifeTests extends ChaosMeshLife {
    @AutoClose
    private final MockApi api = new MockApi().install();

    @Override
    protected KubernetesClient client() {
        return api.client();
    }

    @Override
    protected String namespace() {
        return "shop";
    }
}
