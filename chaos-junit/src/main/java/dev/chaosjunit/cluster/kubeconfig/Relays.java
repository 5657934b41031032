// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.Relay;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The relays of a run: one in each namespace that has Services, each a Job that our connection to it keeps. */
final class Relays implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final String run;
    private final String image;
    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final List<ChaosAgent> live = new CopyOnWriteArrayList<>();

    Relays(KubernetesClient client, String run, String image) {
        this.client = client;
        this.run = run;
        this.image = image;
    }

    /**
     * Start one.
     *
     * @throws RuntimeUnavailableException when the cluster does not run it: load would pass the faults by without one
     */
    Relay start(String namespace, List<String> targets, OwnerReference owner) {
        RelayJob wanted = new RelayJob(namespace, run, image, targets, owner, SILENCE);
        try {
            Job job = client.resource(wanted.build()).create();
            jobs.add(job);
            Pod pod = new AgentPod(client, job).await();
            Relay relay = new Relay(
                    namespace,
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid(),
                    RelayJob.PORT,
                    new CompletableFuture<>());
            live.add(attach(pod, relay, new AgentPod(client, job)));
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

    private ChaosAgent attach(Pod pod, Relay relay, AgentPod told) throws HelperException {
        AttachProcess process = new AttachProcess(client.pods().resource(pod));
        try {
            ChaosAgent agent = ChaosAgent.over(process, relay.toString());
            agent.keepAlive(KEEP_ALIVE);
            agent.onDeath(() -> relay.lost()
                    .completeAsync(() -> relay + ", by which load goes, ended: " + told.obituary(), Relays::inBackground));
            return agent;
        } catch (HelperException e) {
            process.destroy();
            throw e;
        }
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "chaos-relay-obituary");
        thread.setDaemon(true);
        thread.start();
    }

    /** Those that ended are gone by themselves. */
    @Override
    public void close() {
        live.forEach(ChaosAgent::close);
        live.clear();
        for (Job job : jobs) {
            try {
                client.resource(job)
                        .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                        .delete();
            } catch (KubernetesClientException e) {
                System.getLogger(Relays.class.getName())
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
