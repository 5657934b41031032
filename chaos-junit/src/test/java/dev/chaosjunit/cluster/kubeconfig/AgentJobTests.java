// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.kubernetes.Marks;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Job of an agent")
class AgentJobTests {
    private static final OwnerReference LEASE =
            new OwnerReferenceBuilder().withName("chaos-junit").withUid("1-2-3").build();

    private final Job job = new AgentJob("chaos", "0123456789abcdef", "agent:1", LEASE)
            .onNode("ip-10-0-0-1.a-very-long-region.compute.internal.example.com");
    private final PodSpec pod = job.getSpec().getTemplate().getSpec();

    @Test
    @DisplayName("ends by itself, and is owned by the run's Lease")
    void ends() {
        assertThat(job.getMetadata().getOwnerReferences()).containsExactly(LEASE);
        assertThat(job.getMetadata().getLabels()).containsEntry(Marks.RUN, "0123456789abcdef");
        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isZero();
        assertThat(job.getSpec().getBackoffLimit()).isZero();
        assertThat(job.getSpec().getActiveDeadlineSeconds()).isPositive();
        assertThat(pod.getContainers().get(0).getCommand()).containsExactly("/chaos-agent", "--silence", "15");
        assertThat(pod.getContainers().get(0).getStdinOnce()).isTrue();
    }

    @Test
    @DisplayName("has a pod that no selector of faults finds")
    void unseen() {
        assertThat(job.getSpec().getTemplate().getMetadata().getLabels())
                .containsOnlyKeys(AgentJob.LABEL)
                .containsEntry(AgentJob.LABEL, job.getMetadata().getName());
    }

    @Test
    @DisplayName("is on its node whatever keeps others away, and in the node's own network")
    void node() {
        assertThat(pod.getNodeName()).startsWith("ip-10-0-0-1");
        assertThat(pod.getTolerations()).singleElement().satisfies(all -> {
            assertThat(all.getOperator()).isEqualTo("Exists");
            assertThat(all.getKey()).isNull();
        });
        assertThat(pod.getHostPID()).isTrue();
        assertThat(pod.getHostNetwork()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    @DisplayName("has a name that fits into a label, however long the node's is")
    void name() {
        assertThat(job.getMetadata().getName())
                .hasSizeLessThanOrEqualTo(63)
                .startsWith("chaos-junit-agent-0123456789abcdef-");
    }
}
