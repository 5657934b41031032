// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a namespace does not let an agent in, it is said what to do")
class AdmissionTests {
    private static final Job AGENT = new AgentJob("shop", "run", "agent:1", new OwnerReference()).onNode("node-1");

    @Test
    @DisplayName("about a quota, with what the agent asks for")
    void quota() {
        assertThat(Admission.remedy(AGENT, "exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2"))
                .contains(
                        "requests 10m of CPU and 32Mi of memory, with a limit of 512Mi",
                        "kubectl describe resourcequota --namespace shop",
                        "first in chaos.namespaces");
    }

    @Test
    @DisplayName("about limits of a namespace")
    void limits() {
        assertThat(Admission.remedy(AGENT, "maximum memory usage per Container is 256Mi, but limit is 512Mi"))
                .contains("kubectl describe limitrange --namespace shop", "512Mi");
    }

    @Test
    @DisplayName("about a Pod Security standard")
    void podSecurity() {
        assertThat(Admission.remedy(AGENT, "violates PodSecurity \"baseline:latest\": privileged"))
                .contains("kubectl label namespace shop --overwrite pod-security.kubernetes.io/enforce=privileged");
    }

    @Test
    @DisplayName("about nothing that is not known")
    void unknown() {
        assertThat(Admission.remedy(AGENT, "denied by policy")).isEmpty();
    }
}
