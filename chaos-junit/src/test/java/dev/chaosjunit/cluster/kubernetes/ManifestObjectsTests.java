// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Manifests")
class ManifestObjectsTests {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop}
            """;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  containers:
                    - {name: built, image: shop}
                    - {name: pulled, image: redis, imagePullPolicy: Always}
                    - {name: asked, image: cart, imagePullPolicy: IfNotPresent}
            """;

    @Test
    @DisplayName("may hold several documents and lists, and come from several sources")
    void documents() {
        String list = """
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: one}}
                  - {apiVersion: v1, kind: Secret, metadata: {name: two}}
                """;

        assertThat(read(SERVICE + "---\n" + list, "---\n" + DEPLOYMENT))
                .extracting(
                        object -> object.getKind() + "/" + object.getMetadata().getName())
                .containsExactly("Service/shop", "ConfigMap/one", "Secret/two", "Deployment/shop");
    }

    @Test
    @DisplayName("are put in an order in which they can be made, whatever theirs is")
    void order() {
        String needed = """
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: shop}}
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                """;

        assertThat(read(DEPLOYMENT + "---\n" + SERVICE + "---\n" + needed))
                .extracting(HasMetadata::getKind)
                .containsExactly("Namespace", "Service", "ServiceAccount", "Deployment");
    }

    @Test
    @DisplayName("may hold objects of kinds that nobody knows beforehand")
    void unknownKind() {
        assertThat(read("apiVersion: example.org/v1\nkind: Queue\nmetadata: {name: q}\n"))
                .singleElement()
                .extracting(HasMetadata::getKind)
                .isEqualTo("Queue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {}} | must be a Kubernetes object with a name",
                "{\"apiVersion\": \"v1\", \"kind\": \"Service\"}                 | must be a Kubernetes object with a name",
                "a: [b                                                   | no legal Kubernetes YAML",
                "a: b                                                    | shop.yaml",
                "just words                                              | must be a Kubernetes object",
            })
    @DisplayName("that are none are refused, with where they came from")
    void refused(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ClusterException.class)
                .hasMessageContainingAll("shop.yaml", message);
    }

    @Test
    @DisplayName("that hold nothing are refused")
    void empty() {
        assertThatThrownBy(() -> read("# nothing\n", "---\n"))
                .isInstanceOf(ClusterException.class)
                .hasMessage("the manifests [shop.yaml, shop.yaml] hold no object: there is nothing to run");
    }

    @Test
    @DisplayName("get marks on objects and pods, and a pull policy only where an image was built and none is asked for")
    void prepared() {
        Deployment deployment = (Deployment) read(DEPLOYMENT).get(0);
        ManifestObjects.prepare(deployment, "r1", Set.of("shop", "cart"));

        assertThat(deployment.getMetadata().getLabels()).containsEntry(Marks.RUN, "r1");
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsEntry(Marks.RUN, "r1")
                .containsEntry("app", "shop");
        assertThat(deployment.getSpec().getSelector().getMatchLabels()).containsEntry(Marks.RUN, "r1");
        assertThat(deployment.getSpec().getTemplate().getSpec().getContainers())
                .extracting(Container::getImagePullPolicy)
                .containsExactly("Never", "Always", "IfNotPresent");
    }

    @Test
    @DisplayName("name the images of their containers, each once")
    void images() {
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  initContainers: [{name: i, image: init}]
                  containers: [{name: c, image: redis}]
                """;
        assertThat(ManifestObjects.images(read(DEPLOYMENT, SERVICE, pod)))
                .containsExactlyInAnyOrder("shop", "redis", "cart", "init");
    }

    private static List<HasMetadata> read(String... yamls) {
        return ManifestObjects.read(Arrays.stream(yamls)
                .map(yaml -> new ManifestSource("shop.yaml", yaml))
                .toList());
    }
}
