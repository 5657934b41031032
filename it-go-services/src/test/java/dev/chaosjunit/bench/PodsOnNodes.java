// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.kubeconfig.SimulatedCluster;
import dev.chaosjunit.cluster.kubernetes.KubernetesCluster;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.Targets;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.testcontainers.DockerClientFactory;

/** A fault on all pods of nodes that kwok simulates; the agents are asked for as ever, and a fake answers for each. */
final class PodsOnNodes {
    private static final int PODS_A_NODE = 10;

    private PodsOnNodes() {}

    static void print(int... sizes) throws Exception {
        String image = System.getProperty("chaos.k3s.image");
        String program = System.getProperty("bench.kwok");
        if (image == null || program == null || !DockerClientFactory.instance().isDockerAvailable()) {
            System.out.println("\nNo nodes are simulated: that takes a Docker Engine.");
            return;
        }
        Table table = new Table(
                "Pods on simulated nodes, all hit",
                "nodes",
                "pods",
                "pods ready, from nothing; requests",
                "from selection to all on",
                "API requests for that",
                "from revert to nothing left",
                "API requests for that");
        try (Kwok kwok = Kwok.start(image, Path.of(program))) {
            for (int nodes : sizes) {
                kwok.grow(nodes);
                row(table, kwok, nodes);
            }
        }
    }

    private static void row(Table table, Kwok kwok, int nodes) throws Exception {
        String namespace = "scale-" + nodes;
        var unused = kwok.owner()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        RequestCount count = new RequestCount();
        long start = System.nanoTime();
        SimulatedCluster simulated = SimulatedCluster.start(
                kwok.client(count),
                new ManifestSource("bench", yaml(nodes * PODS_A_NODE)),
                namespace,
                Path.of("target", "bench", namespace));
        KubernetesCluster cluster = simulated.cluster();
        String ready = Figures.msSince(start) + "; " + Figures.count(count.total());
        int pods = cluster.instances().size();

        count.reset();
        start = System.nanoTime();
        HelperInjector injector = new HelperInjector(cluster, simulated::startHelper);
        List<Fault> faults = List.of(PodsOnNode.delay());
        var injections = Targets.choose(faults, cluster, new Random(1));
        injector.start(
                cluster.instances().stream().map(pod -> pod.handle().node()).toList());
        ActiveFault active = injector.attach(injections).get(0);
        active.on();
        String on = Figures.msSince(start);
        String onRequests = Figures.count(count.total()) + " (" + count.describe() + ")";

        count.reset();
        start = System.nanoTime();
        active.off();
        active.close();
        injector.close();
        String failure = "";
        try {
            cluster.close();
        } catch (ClusterException e) {
            failure = "; it failed: " + e.getMessage();
        }
        while (!isEmpty(kwok, namespace)) {
            Thread.sleep(20);
        }
        table.row(
                nodes,
                pods,
                ready,
                on,
                onRequests,
                Figures.msSince(start) + failure,
                Figures.count(count.total()) + " (" + count.describe() + ")");
    }

    private static boolean isEmpty(Kwok kwok, String namespace) {
        return kwok.owner().pods().inNamespace(namespace).list().getItems().isEmpty()
                && kwok.owner()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty();
    }

    private static String yaml(int pods) {
        return new Crowd(pods, 0).yaml() + """
                      nodeSelector:
                        %s: "true"
                      tolerations:
                        - operator: Exists
                      topologySpreadConstraints:
                        - maxSkew: 1
                          topologyKey: kubernetes.io/hostname
                          whenUnsatisfiable: ScheduleAnyway
                          labelSelector:
                            matchLabels:
                              app: scale
                """.formatted(Kwok.LABEL);
    }
}
