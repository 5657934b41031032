// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.cluster.k3s.K3sRuntime;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.testcontainers.DockerClientFactory;

/** A cluster of one node that stands for somebody's: the tests know nothing of it but its kubeconfig. */
final class ForeignCluster implements BeforeAllCallback {
    private static final Namespace SUITE = Namespace.create(ForeignCluster.class);

    private @Nullable KubernetesClient client;

    /** One for all classes, which goes when the last of them is done. */
    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker Engine answers, to run a cluster in");
        String image =
                context.getConfigurationParameter(ChaosParameters.K3S_IMAGE).orElse(K3sRuntime.DEFAULT_IMAGE);
        client = context.getRoot()
                .getStore(SUITE)
                .computeIfAbsent(image, ForeignNode::start, ForeignNode.class)
                .client();
    }

    /** What a build says to run chaos tests in namespaces of this cluster. */
    static Map<String, String> parameters(String namespaces) {
        return Map.of(
                ChaosParameters.RUNTIME,
                "kubeconfig",
                ChaosParameters.KUBECONFIG,
                ForeignNode.KUBECONFIG.toString(),
                ChaosParameters.NAMESPACES,
                namespaces);
    }

    static Map<String, String> with(Map<String, String> parameters, String key, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(key, value);
        return more;
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

    /** The name of its node. */
    String node() {
        return client().nodes().list().getItems().get(0).getMetadata().getName();
    }

    /** Have the node take no more pods, by its cordon or a taint; or take them again. */
    void close(boolean cordon, List<Taint> taints) {
        client().nodes()
                .withName(node())
                .edit(node -> new NodeBuilder(node)
                        .editSpec()
                        .withUnschedulable(cordon)
                        .withTaints(taints)
                        .endSpec()
                        .build());
    }

    /** A quota of pods, called few-pods, which holds once its controller has counted. */
    void makeQuota(String namespace, int pods) {
        ResourceQuota quota = client().resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("few-pods")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity(Integer.toString(pods)))
                        .endSpec()
                        .build())
                .create();
        client().resource(quota)
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && !now.getStatus().getHard().isEmpty(),
                        1,
                        TimeUnit.MINUTES);
    }

    /** Limits of containers, which their namespace has at once. */
    void makeLimits(String namespace, LimitRangeItem limits) {
        client().resource(new LimitRangeBuilder()
                        .withNewMetadata()
                        .withName("narrow")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withLimits(limits)
                        .endSpec()
                        .build())
                .create();
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

    /** A ConfigMap of somebody, which goes when its owners do. */
    void makeSettings(String namespace, String owner, OwnerReference... owners) {
        client().resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace(namespace)
                        .withOwnerReferences(owners)
                        .endMetadata()
                        .withData(Map.of("owner", owner))
                        .build())
                .create();
    }

    ConfigMap settings(String namespace) {
        return client().configMaps().inNamespace(namespace).withName("settings").require();
    }

    boolean hasSettings(String namespace) {
        return client().configMaps().inNamespace(namespace).withName("settings").get() != null;
    }

    Job job(String namespace, String name) {
        return client().batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** A pod of user-api that somebody else runs. */
    void makePod(String namespace, String name, Map<String, String> labels) {
        Pod pod = client().resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("user-api")
                        .withImage("user-api")
                        .withImagePullPolicy("Never")
                        .addNewEnv()
                        .withName("AUTH")
                        .withValue("optional")
                        .endEnv()
                        .addNewPort()
                        .withName("http")
                        .withContainerPort(8080)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        client().resource(pod).waitUntilReady(1, TimeUnit.MINUTES);
    }

    /** A Service that somebody else has. */
    void makeService(String namespace, String name, Map<String, String> selector) {
        client().resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(selector)
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    /** The pods that a Service sends its callers to. */
    List<String> podsBehind(String namespace, String service) {
        return client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", service)
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .map(endpoint -> endpoint.getTargetRef().getName())
                .toList();
    }

    void deleteAgents(String namespace) {
        client().pods()
                .inNamespace(namespace)
                .withLabel("dev.chaosjunit/agent")
                .withGracePeriod(0)
                .delete();
    }

    void deleteGuards(String namespace) {
        client().batch().v1().jobs().inNamespace(namespace).list().getItems().stream()
                .filter(job -> job.getMetadata().getName().startsWith("chaos-junit-guard-"))
                .forEach(job -> client().resource(job).delete());
    }

    /** What a run leaves that was killed before it had anything but its Lease. */
    OwnerReference makeExpiredLease(String namespace) {
        Lease lease = client().resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("chaos-junit")
                        .withNamespace(namespace)
                        .withLabels(Map.of("app.kubernetes.io/managed-by", "chaos-junit", "dev.chaosjunit/run", "dead"))
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("1@killed")
                        .withLeaseDurationSeconds(1)
                        .endSpec()
                        .build())
                .create();
        return new OwnerReference(
                lease.getApiVersion(),
                null,
                null,
                lease.getKind(),
                lease.getMetadata().getName(),
                lease.getMetadata().getUid());
    }

    String leaseUid(String namespace) {
        return client().leases()
                .inNamespace(namespace)
                .withName("chaos-junit")
                .require()
                .getMetadata()
                .getUid();
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

    void assertGone(String namespace) {
        assertGone(namespace, Duration.ofSeconds(10));
    }

    void assertGone(String namespace, Duration within) {
        await().atMost(within)
                .untilAsserted(() -> assertThat(objects(namespace)).isEmpty());
    }
}
