// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;

/** What a run left in a namespace when its JVM was killed, as far as its {@link Guard} has not taken it yet. */
record Leftovers(KubernetesClient client, String namespace, String run) {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

    /** Delete the Lease, and wait for the garbage collector: a pod that is left would answer for the next run's. */
    void remove(Lease lease) {
        NamespaceLease.delete(lease, client);
        List<Pod> left = Poll.every(LOOK).within(GONE_WITHIN).until("a killed run's pods went", List::isEmpty, () -> {
            List<Pod> pods = pods();
            pods.forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
            return pods;
        });
        if (!left.isEmpty()) {
            throw new ClusterException("pods of the killed run " + run + " stay in namespace " + namespace + ": "
                    + left.stream().map(pod -> pod.getMetadata().getName()).toList());
        }
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(Marks.RUN, run)
                .list()
                .getItems();
    }
}
