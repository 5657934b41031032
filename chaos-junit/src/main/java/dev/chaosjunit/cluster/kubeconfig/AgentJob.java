// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import dev.chaosjunit.cluster.image.AgentImage;
import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * An agent on a node. It ends with its connection, or soon after that fell silent, and its Job with it; the deadline is
 * for an agent that hangs.
 *
 * @param silence after which it gives up
 */
record AgentJob(String node, String namespace, String run, String image, OwnerReference owner, Duration silence) {
    /** On the pod, in place of the run's: it must not be taken for one of the pods to hit. */
    static final String LABEL = "dev.chaosjunit/agent";

    private static final long DEADLINE_SECONDS = Duration.ofHours(4).toSeconds();
    private static final long GRACE_SECONDS = 10;

    /** Nodes' names may be longer than a Job's. */
    String name() {
        return "chaos-junit-agent-" + run + "-" + Integer.toHexString(node.hashCode());
    }

    Job build() {
        return new JobBuilder()
                .withNewMetadata()
                .withName(name())
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
                .withLabels(Map.of(LABEL, name()))
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .endSpec()
                .build();
    }

    /** With the node's own network, which the agent refuses as a target because it is its own. */
    private PodSpec pod() {
        return new PodSpecBuilder()
                .withNodeName(node)
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .withHostPID(true)
                .withHostNetwork(true)
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withContainers(container())
                .build();
    }

    /** Without a limit of processor time, which would delay packets for longer than asked. */
    private Container container() {
        return new ContainerBuilder()
                .withName("agent")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand(AgentImage.EXECUTABLE, "--silence", Long.toString(silence.toSeconds()))
                .withStdin(true)
                .withStdinOnce(true)
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("32Mi"))
                .addToLimits("memory", new Quantity("512Mi"))
                .endResources()
                .build();
    }
}
