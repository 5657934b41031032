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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A relay in a namespace: the agent's executable in another mode, without any privilege, so that Pod Security's
 * {@code restricted} lets it in. It ends as an agent does.
 *
 * @param targets what it connects to, {@code ADDRESS:PORT}
 * @param silence after which it gives up
 */
record RelayJob(
        String namespace, String run, String image, List<String> targets, OwnerReference owner, Duration silence) {
    static final int PORT = 20_001;

    private static final long NOBODY = 65_534;
    private static final long DEADLINE_SECONDS = Duration.ofHours(4).toSeconds();
    private static final long GRACE_SECONDS = 1;

    String name() {
        return "chaos-junit-relay-" + run;
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
                .withLabels(Map.of(AgentJob.LABEL, name()))
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec pod() {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(NOBODY)
                .withRunAsGroup(NOBODY)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container())
                .build();
    }

    /** Without a limit of processor time, which would be a delay of our own. */
    private Container container() {
        return new ContainerBuilder()
                .withName("relay")
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withCommand(command())
                .withStdin(true)
                .withStdinOnce(true)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("16Mi"))
                .addToLimits("memory", new Quantity("256Mi"))
                .endResources()
                .build();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(
                List.of(AgentImage.EXECUTABLE, "relay", "--silence", Long.toString(silence.toSeconds()), Integer.toString(PORT)));
        command.addAll(targets);
        return command;
    }
}
