// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.kubernetes.PodDiagnosis;
import dev.chaosjunit.cluster.kubernetes.Refusals;
import dev.chaosjunit.cluster.kubernetes.RemoteHelper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The pod of an agent's or a relay's Job: that it runs, or why it does not. */
record AgentPod(KubernetesClient client, AgentPods pods, Job job, Duration lostAfter) {
    private static final Duration LOOK = Duration.ofMillis(20); // at what is known here
    private static final Duration RUNS_WITHIN = Duration.ofSeconds(60);

    /**
     * Wait for it.
     *
     * @throws RuntimeUnavailableException with what is known, once it is past hope or the time is over
     */
    Pod await() {
        Optional<Pod> pod = Poll.every(LOOK)
                .within(RUNS_WITHIN)
                .until(
                        "an agent's pod was started",
                        seen -> seen.filter(AgentPod::runs).isPresent(),
                        this::look);
        if (pod.filter(AgentPod::runs).isPresent()) {
            return pod.get();
        }
        throw pod.map(this::refusal)
                .orElseGet(() -> new RuntimeUnavailableException(
                        "no pod was made for " + describe() + ", within " + RUNS_WITHIN.toSeconds() + " s"));
    }

    private Optional<Pod> look() {
        Optional<Pod> pod = pods.of(job);
        pod.filter(seen -> isAgent())
                .flatMap(seen -> Admission.changed(job, seen))
                .ifPresent(change -> {
                    throw new RuntimeUnavailableException("the pod of " + describe() + ", " + change);
                });
        pod.filter(seen -> !runs(seen) && PodDiagnosis.isHopeless(seen)).ifPresent(hopeless -> {
            throw refusal(hopeless);
        });
        if (pod.isEmpty()) {
            failIfForbidden();
        }
        return pod;
    }

    /** Talk to it, once it runs. */
    RemoteHelper attach(Pod pod, String description) throws HelperException {
        AttachProcess process = AttachProcess.start(client.pods().resource(pod));
        try {
            ChaosAgent agent = ChaosAgent.over(process, description);
            agent.lostAfter(lostAfter);
            return new RemoteHelper(agent, this::obituary);
        } catch (HelperException e) {
            process.destroy();
            throw e;
        }
    }

    /** Why we have lost it, as far as the API server tells. */
    private String obituary() {
        try {
            return find().map(AgentPod::state).orElse("its pod was deleted");
        } catch (KubernetesClientException e) {
            return "the API server does not answer: " + Refusals.reason(e);
        }
    }

    private static String state(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return "its pod is being deleted";
        }
        return pod.getStatus().getContainerStatuses().stream()
                .map(status -> status.getState().getTerminated())
                .filter(Objects::nonNull)
                .map(terminated -> "its container ended with exit code " + terminated.getExitCode())
                .findFirst()
                .orElse("the connection to it, through the API server, ended");
    }

    private Optional<Pod> find() {
        return client
                .pods()
                .inNamespace(job.getMetadata().getNamespace())
                .withLabel(AgentJob.LABEL, job.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    /** A relay may take a little longer: that is seen in the steady state, too. */
    private boolean isAgent() {
        return job.getSpec().getTemplate().getSpec().getNodeName() != null;
    }

    private static boolean runs(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .anyMatch(
                        status -> status.getState() != null && status.getState().getRunning() != null);
    }

    /** The Job is let in; it is its pod that is not. */
    private void failIfForbidden() {
        pods.refusal(job).ifPresent(message -> {
            throw new RuntimeUnavailableException(
                    "the pod of " + describe() + ", is not let in: " + message + Admission.remedy(job, message));
        });
    }

    private RuntimeUnavailableException refusal(Pod pod) {
        return new RuntimeUnavailableException(describe() + ", does not run: "
                + new PodDiagnosis(client).describe(pod)
                + "\nIts image is "
                + job.getSpec().getTemplate().getSpec().getContainers().get(0).getImage()
                + ", which chaos.agent.image names: load it into every node, or put it where they can pull it;"
                + " docs/kubernetes.md says how Maven makes it (dev.chaosjunit.cluster.image.AgentImage)");
    }

    private String describe() {
        PodSpec pod = job.getSpec().getTemplate().getSpec();
        return "the " + pod.getContainers().get(0).getName() + ", Job/"
                + job.getMetadata().getName() + " in namespace "
                + job.getMetadata().getNamespace()
                + (pod.getNodeName() == null ? "" : " for node " + pod.getNodeName());
    }
}
