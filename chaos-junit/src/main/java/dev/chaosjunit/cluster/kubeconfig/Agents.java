// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.Refusals;
import dev.chaosjunit.cluster.kubernetes.Relay;
import dev.chaosjunit.cluster.kubernetes.RemoteHelper;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a run has made of the agent's image, each a Job that our connection to it keeps: an agent on each node that is
 * asked for, and, where load needs it, a relay in each namespace that has Services.
 */
final class Agents implements AutoCloseable {
    private final KubernetesClient client;
    private final String run;
    private final String image;
    private final Duration nodeTimeout;
    private final AgentPods pods;
    private final List<Job> made = new CopyOnWriteArrayList<>();
    private final List<Helper> relays = new CopyOnWriteArrayList<>();

    Agents(KubernetesClient client, String run, String image, Duration nodeTimeout) {
        this.nodeTimeout = nodeTimeout;
        this.client = client;
        this.pods = new AgentPods(client);
        this.run = run;
        this.image = image;
    }

    /**
     * Start an agent on a node and talk to it; who asks for it closes it.
     *
     * @throws RuntimeUnavailableException when the cluster does not run it
     */
    Helper start(String node, String namespace, OwnerReference owner) throws HelperException {
        try {
            Running agent = run(node, namespace, owner);
            String name = agent.pod().getMetadata().getName();
            return agent.job().attach(agent.pod(), "in pod " + name + " on node " + node);
        } catch (KubernetesClientException e) {
            String why = Refusals.reason(e);
            throw new RuntimeUnavailableException("the agent for node " + node + " cannot be started in namespace "
                    + namespace + ": " + why + Admission.remedy(job(node, namespace, owner), why));
        }
    }

    /** One that nobody talks to yet. */
    record Running(AgentPod job, Pod pod) {}

    Running run(String node, String namespace, OwnerReference owner) {
        AgentPod agent = make(job(node, namespace, owner));
        return new Running(agent, agent.await());
    }

    private Job job(String node, String namespace, OwnerReference owner) {
        return new AgentJob(namespace, run, image, owner).onNode(node);
    }

    /**
     * Start a relay.
     *
     * @throws RuntimeUnavailableException when the cluster does not run it: load would pass the faults by without one
     */
    Relay relay(String namespace, List<String> targets, OwnerReference owner) {
        try {
            AgentPod started = make(new AgentJob(namespace, run, image, owner).relaying(targets));
            Pod pod = started.await();
            Relay relay = new Relay(
                    namespace,
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid(),
                    AgentJob.RELAY_PORT,
                    new CompletableFuture<>());
            RemoteHelper live = started.attach(pod, relay.toString());
            relays.add(live);
            live.onDeath(() -> relay.lost().complete(relay + ", by which load goes, ended: " + live.why()));
            return relay;
        } catch (KubernetesClientException e) {
            throw new RuntimeUnavailableException(refusal(namespace, Refusals.reason(e)));
        } catch (HelperException e) {
            throw new RuntimeUnavailableException(refusal(namespace, String.valueOf(e.getMessage())));
        }
    }

    private static String refusal(String namespace, String why) {
        return "no node port of the cluster can be reached from here, and the relay that takes load to its Services"
                + " instead cannot be started in namespace " + namespace + ": " + why;
    }

    private AgentPod make(Job wanted) {
        Job job = client.resource(wanted).create();
        made.add(job);
        return new AgentPod(client, pods, job, nodeTimeout);
    }

    /** Those that ended are gone by themselves. */
    @Override
    public void close() {
        relays.forEach(Helper::close);
        relays.clear();
        made.forEach(this::delete);
        made.clear();
        pods.close();
    }

    private void delete(Job job) {
        try {
            client.resource(job)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        } catch (KubernetesClientException e) {
            String name = job.getMetadata().getName();
            System.getLogger(Agents.class.getName())
                    .log(Level.WARNING, "cannot delete Job/{0}: {1}", name, Refusals.reason(e));
        }
    }
}
