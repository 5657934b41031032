// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.image.Architecture;
import dev.chaosjunit.cluster.image.ContainerImage;
import dev.chaosjunit.cluster.image.GoBuild;
import dev.chaosjunit.cluster.k3s.K3sRuntime;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A cluster of one node that stands for somebody's: the tests know nothing of it but its kubeconfig. */
final class ForeignCluster implements BeforeAllCallback, AfterAllCallback {
    private static final Path FILES = Path.of("target", "foreign-cluster").toAbsolutePath();

    private @Nullable K3sContainer node;
    private @Nullable KubernetesClient client;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker Engine answers, to run a cluster in");
        String image =
                context.getConfigurationParameter(ChaosParameters.K3S_IMAGE).orElse(K3sRuntime.DEFAULT_IMAGE);
        K3sContainer started = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        node = started;
        started.start();
        Files.createDirectories(FILES);
        Files.writeString(kubeconfig(), started.getKubeConfigYaml());
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(started.getKubeConfigYaml()))
                .build();
        load("user-api");
        load("auth-service");
        load(AgentImage.tar(Architecture.ofThisMachine(), FILES));
    }

    /** An image as its owner would have built it, long before. */
    private void load(String service) throws IOException, InterruptedException {
        Path main = new GoBuild(FILES.resolve("programs"), Architecture.ofThisMachine())
                .build(new GoImageSpec(service, "./cmd/" + service, Path.of("").toAbsolutePath()));
        load(new ContainerImage(service, main, Architecture.ofThisMachine()).tar(FILES));
    }

    private void load(Path tar) throws IOException, InterruptedException {
        K3sContainer node = Objects.requireNonNull(this.node);
        node.copyFileToContainer(MountableFile.forHostPath(tar), "/tmp/image.tar");
        ExecResult imported = node.execInContainer("k3s", "ctr", "images", "import", "/tmp/image.tar");
        assertThat(imported.getExitCode()).as(imported.getStderr()).isZero();
    }

    static Path kubeconfig() {
        return FILES.resolve("kubeconfig.yaml");
    }

    KubernetesClient client() {
        return Objects.requireNonNull(client);
    }

    /** The address that node ports are reached at. */
    String address() {
        return client().nodes().list().getItems().get(0).getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
    }

    void makeNamespace(String name, Map<String, String> labels) {
        client().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A user with those rules of role.yaml that are wanted, in one namespace: its kubeconfig. */
    Path user(String namespace, Predicate<PolicyRule> wanted) throws IOException {
        ServiceAccount account = client().resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("tester")
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        Role role = client().rbac()
                .roles()
                .load(ForeignCluster.class.getResourceAsStream("/kubeconfig/role.yaml"))
                .item();
        role.getMetadata().setNamespace(namespace);
        role.getRules().removeIf(wanted.negate());
        client().resource(role).create();
        client().resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("tester")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "Role",
                                role.getMetadata().getName())
                        .addNewSubject("", "ServiceAccount", "tester", namespace)
                        .build())
                .create();
        String token = client().serviceAccounts()
                .resource(account)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        return write(namespace, token);
    }

    private Path write(String namespace, String token) throws IOException {
        Config admin = client().getConfiguration();
        String yaml = """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: tester, user: {token: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: tester}}]
                current-context: it
                """.formatted(admin.getMasterUrl(), admin.getCaCertData(), token);
        return Files.writeString(FILES.resolve(namespace + ".yaml"), yaml);
    }

    void makeSettings(String namespace, String owner) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(Map.of("owner", owner))
                        .build())
                .create();
    }

    Map<String, String> settings(String namespace) {
        return client().configMaps()
                .inNamespace(namespace)
                .withName("settings")
                .require()
                .getData();
    }

    /** All that is in a namespace and not there by itself, as kind/name. */
    List<String> objects(String namespace) {
        return List.of(
                        client().pods().inNamespace(namespace).list().getItems(),
                        client().services().inNamespace(namespace).list().getItems(),
                        client().apps()
                                .deployments()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client().apps()
                                .replicaSets()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client().batch()
                                .v1()
                                .jobs()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        client().leases().inNamespace(namespace).list().getItems())
                .stream()
                .flatMap(List::stream)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .filter(name -> !name.equals("Service/kubernetes"))
                .toList();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (client != null) {
            client.close();
        }
        if (node != null) {
            node.stop();
        }
    }
}
