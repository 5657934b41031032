// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.KubernetesCluster;
import dev.chaosjunit.cluster.kubernetes.ManifestObjects;
import dev.chaosjunit.cluster.kubernetes.Refusals;
import dev.chaosjunit.cluster.manifest.reader.KeptManifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Brings services up in a cluster that is there; see the package. */
public final class KubeconfigRuntime {
    private final KubeconfigSettings settings;
    private final Config config;

    private KubeconfigRuntime(KubeconfigSettings settings, Config config) {
        this.settings = settings;
        this.config = config;
    }

    /**
     * Find the kubeconfig.
     *
     * @throws RuntimeUnavailableException when there is none
     */
    public static KubeconfigRuntime find(KubeconfigSettings settings) {
        return new KubeconfigRuntime(settings, Kubeconfig.read(settings));
    }

    /**
     * Bring everything up, once all of it is known to be allowed and nobody else uses the namespaces.
     *
     * @throws dev.chaosjunit.cluster.ClusterException when a manifest or a pod is at fault; nothing is left then
     * @throws RuntimeUnavailableException when no cluster answers, or it does not allow what has to be done
     */
    public Cluster start(
            KeptManifests manifests, Collector collector, String run, Duration readyWithin, Path workDirectory) {
        Exporting exporting = collector.elsewhere();
        Connection connection = Connection.open(config);
        List<HasMetadata> objects;
        TakenNamespaces kubernetes;
        try {
            objects = ManifestObjects.read(manifests.sources());
            kubernetes = prepare(connection, objects, run, exporting);
        } catch (KubernetesClientException e) {
            connection.client().close();
            throw new RuntimeUnavailableException(connection.describe() + " refuses: " + Refusals.reason(e));
        } catch (RuntimeException | Error e) {
            connection.client().close();
            throw e;
        }
        return KubernetesCluster.start(kubernetes, objects, manifests.leftOut(), run, readyWithin, workDirectory);
    }

    private TakenNamespaces prepare(Connection connection, List<HasMetadata> objects, String run, Exporting exporting) {
        KubernetesClient client = connection.client();
        ApiKinds kinds = new ApiKinds(client);
        AllowList allowed = new AllowList(settings.namespaces(), kinds::of);
        objects.forEach(allowed::admit);
        Set<String> used = new LinkedHashSet<>(List.of(settings.first()));
        objects.forEach(object -> used.add(object.getMetadata().getNamespace()));
        rights(objects, used, kinds).check(client);
        settings.namespaces().forEach(namespace -> new Turn(client, namespace, run).sweep());
        Leases leases = Leases.take(client, used, run, settings.agentImage());
        return new TakenNamespaces(
                connection,
                allowed,
                new Neighbours(client, run),
                leases,
                new Agents(client, run, settings.agentImage(), settings.nodeTimeout()),
                exporting);
    }

    private Rights rights(List<HasMetadata> objects, Set<String> used, ApiKinds kinds) {
        Rights rights = new Rights();
        settings.namespaces().forEach(rights::turns);
        used.forEach(rights::guard);
        used.forEach(rights::pods);
        objects.forEach(object -> rights.objects(object.getMetadata().getNamespace(), kinds.of(object)));
        used.forEach(rights::agents);
        return rights;
    }
}
