// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Jobs that a run has made of the agent's image: agents, or relays. */
final class Jobs implements AutoCloseable {
    private final KubernetesClient client;
    private final List<Job> made = new CopyOnWriteArrayList<>();

    Jobs(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Make one.
     *
     * @return its pod, which is not waited for yet
     */
    AgentPod make(Job wanted) {
        Job job = client.resource(wanted).create();
        made.add(job);
        return new AgentPod(client, job);
    }

    /** Those that ended are gone by themselves. */
    @Override
    public void close() {
        for (Job job : made) {
            try {
                client.resource(job)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete();
            } catch (KubernetesClientException e) {
                System.getLogger(Jobs.class.getName())
                        .log(
                                Level.WARNING,
                                "cannot delete Job/{0}: {1}",
                                job.getMetadata().getName(),
                                Refusals.reason(e));
            }
        }
        made.clear();
    }
}
