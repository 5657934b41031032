// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.RemoteHelper;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;

/** The agents of a run: one on each node that is asked for, each a Job. */
final class Agents implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final String namespace;
    private final String run;
    private final String image;
    private final Jobs jobs;

    Agents(KubernetesClient client, String namespace, String run, String image) {
        this.namespace = namespace;
        this.run = run;
        this.image = image;
        this.jobs = new Jobs(client);
    }

    /**
     * Start one and talk to it.
     *
     * @throws RuntimeUnavailableException when the cluster does not run it
     */
    Helper start(String node, OwnerReference owner) throws HelperException {
        try {
            AgentPod made = jobs.make(new AgentJob(node, namespace, run, image, owner, SILENCE).build());
            Pod pod = made.await();
            ChaosAgent agent = made.attach(pod, "in pod " + pod.getMetadata().getName() + " on node " + node);
            agent.keepAlive(KEEP_ALIVE);
            return new RemoteHelper(agent, made::obituary);
        } catch (KubernetesClientException e) {
            throw new RuntimeUnavailableException(
                    "the agent cannot be started in namespace " + namespace + ": " + Refusals.reason(e));
        }
    }

    @Override
    public void close() {
        jobs.close();
    }
}
