// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real API server that has the resource definitions of Chaos Mesh, but no Chaos Mesh, and a namespace of it.
 *
 * @param client closed with this
 * @param namespace taken away with this
 */
record ChaosMeshApi(KubernetesClient client, String namespace) implements AutoCloseable {
    private static final String CRDS = "CHAOS_MESH_CRDS";
    private static final String KUBECONFIG = "CHAOS_MESH_KUBECONFIG";

    /** Skips the test where one of the two is not given. */
    static ChaosMeshApi connect() throws IOException {
        Path definitions = given(
                CRDS, "the directory of Chaos Mesh's CustomResourceDefinitions, which this repository does not carry");
        Path kubeconfig = given(KUBECONFIG, "the kubeconfig of an API server that may be given them");
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        install(client, definitions);
        var namespace = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("chaos-junit-it-")
                        .endMetadata()
                        .build())
                .create();
        return new ChaosMeshApi(client, namespace.getMetadata().getName());
    }

    /** A client of somebody without any permission; whoever asks for it closes it. */
    KubernetesClient nobody() {
        var account = client.serviceAccounts()
                .inNamespace(namespace)
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("nobody")
                        .endMetadata()
                        .build());
        var unused = account.create();
        String token = account.tokenRequest(
                        new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        Config config = new ConfigBuilder(client.getConfiguration())
                .withClientCertData(null)
                .withClientKeyData(null)
                .withOauthToken(token)
                .withOauthTokenProvider(null)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Path given(String name, String what) {
        String value = System.getProperty(name, System.getenv().getOrDefault(name, ""));
        assumeTrue(!value.isEmpty(), () -> "Not run, because " + name + " is not set: " + what + ".");
        return Path.of(value);
    }

    private static void install(KubernetesClient client, Path directory) throws IOException {
        for (Path file : definitions(directory)) {
            try (InputStream yaml = Files.newInputStream(file)) {
                var unused = client.load(yaml).serverSideApply();
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> client.getApiResources("chaos-mesh.org/v1alpha1"),
                        found -> found != null && found.getResources().size() >= 2);
    }

    private static List<Path> definitions(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @Override
    public void close() {
        try (client) {
            var unused = client.namespaces().withName(namespace).delete();
        }
    }
}
