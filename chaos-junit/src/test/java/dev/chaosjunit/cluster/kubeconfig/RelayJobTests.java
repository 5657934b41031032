// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Job of a relay")
class RelayJobTests {
    private static final OwnerReference LEASE =
            new OwnerReferenceBuilder().withName("chaos-junit").withUid("1-2-3").build();

    private final Job job = new AgentJob("shop", "0123456789abcdef", "agent:1", LEASE)
            .relaying(List.of("10.43.0.7:80", "[fd00::7]:9090"));
    private final PodSpec pod = job.getSpec().getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);

    @Test
    @DisplayName("is told where to listen and what to connect to")
    void command() {
        assertThat(container.getCommand())
                .containsExactly("/chaos-agent", "relay", "--silence", "15", "20001", "10.43.0.7:80", "[fd00::7]:9090");
    }

    @Test
    @DisplayName("ends by itself, and is owned by the run's Lease")
    void ends() {
        assertThat(job.getMetadata().getOwnerReferences()).containsExactly(LEASE);
        assertThat(job.getMetadata().getLabels()).containsEntry(Marks.RUN, "0123456789abcdef");
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isZero();
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isPositive();
        assertThat(container.getStdinOnce()).isTrue();
    }

    @Test
    @DisplayName("has a pod that no selector of faults finds")
    void unseen() {
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
                .containsOnlyKeys(AgentJob.LABEL)
                .containsEntry(AgentJob.LABEL, job.getMetadata().getName());
    }

    @Test
    @DisplayName("has all that Pod Security's level restricted asks for, and nothing of the node's")
    void restricted() {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getNodeName()).isNull();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    }
}
