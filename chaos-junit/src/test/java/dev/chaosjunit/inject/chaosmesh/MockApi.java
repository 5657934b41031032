// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** An API server that keeps what it is given, and has Chaos Mesh once that is installed. */
final class MockApi implements AutoCloseable {
    private final KubernetesMockServer server;
    private final KubernetesClient client;

    MockApi() {
        Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
        server.init();
        client = server.createClient();
    }

    KubernetesClient client() {
        return client;
    }

    MockApi install() {
        var kinds = new APIResourceListBuilder()
                .addNewResource()
                .withName("networkchaos")
                .endResource()
                .addNewResource()
                .withName("dnschaos")
                .endResource()
                .addNewResource()
                .withName("podchaos")
                .endResource()
                .addNewResource()
                .withName("stresschaos")
                .endResource()
                .build();
        server.expect()
                .get()
                .withPath("/apis/chaos-mesh.org/v1alpha1")
                .andReturn(200, kinds)
                .always();
        return this;
    }

    /** Answer each POST to a path in one way. */
    void answerPosts(String path, int code, Object body) {
        server.expect().post().withPath(path).andReturn(code, body).always();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
