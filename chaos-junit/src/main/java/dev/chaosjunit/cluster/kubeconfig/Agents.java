// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.RemoteHelper;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The agents of a run: one on each node that is asked for, each a Job. */
final class Agents implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String namespace;
    private final String run;
    private final String image;
    private final List<Job> jobs = new CopyOnWriteArrayList<>();

    Agents(KubernetesClient client, String namespace, String run, String image) {
        this.client = client;
        this.namespace = namespace;
        this.run = run;
        this.image = image;
    }

    /**
     * Start one and talk to it.
     *
     * @throws RuntimeUnavailableException when the cluster does not run it
     */
    Helper start(String node, OwnerReference owner) throws HelperException {
        try {
            Job job = client.resource(new AgentJob(node, namespace, run, image, owner, SILENCE).build())
                    .create();
            jobs.add(job);
            Pod pod = new AgentPod(client, job).await();
            ChaosAgent agent = attach(pod, "in pod " + pod.getMetadata().getName() + " on node " + node);
            agent.keepAlive(KEEP_ALIVE);
            return new RemoteHelper(agent, new AgentPod(client, job)::obituary);
        } catch (KubernetesClientException e) {
            throw new RuntimeUnavailableException(
                    "the agent cannot be started in namespace " + namespace + ": " + Refusals.reason(e));
        }
    }

    private ChaosAgent attach(Pod pod, String description) throws HelperException {
        AttachProcess process = new AttachProcess(
                client.pods().inNamespace(namespace).withName(pod.getMetadata().getName()));
        try {
            return ChaosAgent.over(process, description);
        } catch (HelperException e) {
            process.destroy();
            throw e;
        }
    }

    /** Those that ended are gone by themselves. */
    @Override
    public void close() {
        for (Job job : jobs) {
            try {
                client.resource(job)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete();
            } catch (KubernetesClientException e) {
                System.getLogger(Agents.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "cannot delete Job/{0}: {1}",
                                job.getMetadata().getName(),
                                Refusals.reason(e));
            }
        }
        jobs.clear();
    }
}
