// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.Relay;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
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

    private final String run;
    private final String image;
    private final Jobs jobs;
    private final List<ChaosAgent> live = new CopyOnWriteArrayList<>();

    Relays(KubernetesClient client, String run, String image) {
        this.run = run;
        this.image = image;
        this.jobs = new Jobs(client);
    }

    /**
     * Start one.
     *
     * @throws RuntimeUnavailableException when the cluster does not run it: load would pass the faults by without one
     */
    Relay start(String namespace, List<String> targets, OwnerReference owner) {
        RelayJob wanted = new RelayJob(namespace, run, image, targets, owner, SILENCE);
        try {
            AgentPod made = jobs.make(wanted.build());
            Pod pod = made.await();
            Relay relay = new Relay(
                    namespace,
                    pod.getMetadata().getName(),
                    pod.getMetadata().getUid(),
                    RelayJob.PORT,
                    new CompletableFuture<>());
            live.add(attach(pod, relay, made));
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

    private static ChaosAgent attach(Pod pod, Relay relay, AgentPod made) throws HelperException {
        ChaosAgent agent = made.attach(pod, relay.toString());
        agent.keepAlive(KEEP_ALIVE);
        agent.onDeath(() -> relay.lost()
                .completeAsync(() -> relay + ", by which load goes, ended: " + made.obituary(), Relays::inBackground));
        return agent;
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "chaos-relay-obituary");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        live.forEach(ChaosAgent::close);
        live.clear();
        jobs.close();
    }
}
