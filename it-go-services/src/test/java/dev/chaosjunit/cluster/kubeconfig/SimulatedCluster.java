// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.kubernetes.KubernetesCluster;
import dev.chaosjunit.cluster.kubernetes.ManifestObjects;
import dev.chaosjunit.result.LeftOut;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A namespace of somebody's cluster taken as ever, but that nobody could run an agent on its nodes: the Job of each is
 * made and its pod awaited, and then a fake answers in its place, as late as one that is asked through the API server.
 */
public final class SimulatedCluster {
    private static final String IMAGE = "chaos-agent";
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final long ANSWER_MS = 5;

    private final KubernetesCluster cluster;
    private final Agents agents;
    private final Leases leases;
    private final String namespace;

    private SimulatedCluster(KubernetesCluster cluster, Agents agents, Leases leases, String namespace) {
        this.cluster = cluster;
        this.agents = agents;
        this.leases = leases;
        this.namespace = namespace;
    }

    /** Bring a manifest up. The client is closed with the cluster. */
    public static SimulatedCluster start(
            KubernetesClient client, ManifestSource manifest, String namespace, Path directory) {
        String run = Long.toHexString(System.nanoTime());
        List<HasMetadata> objects = ManifestObjects.read(List.of(manifest));
        AllowList allowed = new AllowList(List.of(namespace), new ApiKinds(client)::of);
        Leases leases = Leases.take(client, Set.of(namespace), run, IMAGE);
        Agents agents = new Agents(client, run, IMAGE, Duration.ofSeconds(10));
        TakenNamespaces taken = new TakenNamespaces(
                new Connection(client, "simulated"),
                allowed,
                new Neighbours(client, run),
                leases,
                agents,
                Exporting.NONE);
        KubernetesCluster cluster =
                KubernetesCluster.start(taken, objects, LeftOut.NOTHING, run, READY_WITHIN, directory);
        return new SimulatedCluster(cluster, agents, leases, namespace);
    }

    public KubernetesCluster cluster() {
        return cluster;
    }

    /** Have an agent's pod run on a node. */
    public Helper startHelper(String node) throws HelperException {
        var unused = agents.run(node, namespace, leases.owner(namespace));
        return new Late(new FakeHelper());
    }

    private record Late(FakeHelper helper) implements Helper {
        @Override
        public Reply request(Request request) throws HelperException {
            try {
                Thread.sleep(ANSWER_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return helper.request(request);
        }

        @Override
        public void onDeath(Runnable action) {
            helper.onDeath(action);
        }

        @Override
        public void close() {
            helper.close();
        }

        @Override
        public String describe() {
            return helper.describe();
        }
    }
}
