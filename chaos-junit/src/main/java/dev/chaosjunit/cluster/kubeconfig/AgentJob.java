// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Job of the agent's image: an agent, or a relay. It ends with its connection, or soon after that fell silent; the
 * deadline is for one that hangs.
 */
record AgentJob(String namespace, String run, String image, OwnerReference owner) {
    /** On the pod, in place of the run's: it must not be taken for one of the pods to hit. */
    static final String LABEL = "dev.chaosjunit/agent";

    /** After so much of it an agent or a relay gives up. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    static final int RELAY_PORT = 20_001;

    private static final long NOBODY = 65_534;
    private static final long DEADLINE_SECONDS = Duration.ofHours(4).toSeconds();
    private static final long AGENT_GRACE_SECONDS = 10;
    private static final long RELAY_GRACE_SECONDS = 1;

    /** An agent, with the node's own network, which it refuses as a target because it is its own. */
    Job onNode(String node) {
        ContainerBuilder container = container("agent", "32Mi", "512Mi", Stream.of("--silence", seconds()))
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext();
        PodSpec pod = pod(container, AGENT_GRACE_SECONDS)
                .withNodeName(node)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .withHostPID(true)
                .withHostNetwork(true)
                .build();
        String hash = Integer.toHexString(node.hashCode()); // nodes' names may be longer than a Job's
        return job("chaos-junit-agent-" + run + "-" + hash, pod);
    }

    /**
     * A relay, without any privilege, so that Pod Security's {@code restricted} lets it in.
     *
     * @param targets what it connects to, {@code ADDRESS:PORT}
     */
    Job relaying(List<String> targets) {
        Stream<String> mode = Stream.of("relay", "--silence", seconds(), Integer.toString(RELAY_PORT));
        ContainerBuilder container = container("relay", "16Mi", "256Mi", Stream.concat(mode, targets.stream()))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext();
        PodSpec pod = pod(container, RELAY_GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withRunAsGroup(NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .build();
        return job("chaos-junit-relay-" + run, pod);
    }

    private static String seconds() {
        return Long.toString(SILENCE.toSeconds());
    }

    private Job job(String name, PodSpec pod) {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(Marks.of(run))
                .withOwnerReferences(owner)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withTtlSecondsAfterFinished(0)
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.of(LABEL, name))
                .endMetadata()
                .withSpec(pod)
                .endTemplate()
                .endSpec()
                .build();
    }

    private static PodSpecBuilder pod(ContainerBuilder container, long graceSeconds) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(graceSeconds)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withContainers(container.build());
    }

    /** Without a limit of processor time, which would delay packets for longer than asked. */
    private ContainerBuilder container(String name, String memory, String memoryLimit, Stream<String> arguments) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand(Stream.concat(Stream.of(AgentImage.EXECUTABLE), arguments)
                        .toList())
                .withStdin(true)
                .withStdinOnce(true)
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity(memory))
                .addToLimits("memory", new Quantity(memoryLimit))
                .endResources();
    }
}
