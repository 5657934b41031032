// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maximum memory usage per Container is 256Mi, but limit is 512Mi",
                "minimum cpu usage per Pod is 100m, but request is 10m",
                "memory max limit to request ratio per Container is 2, but provided ratio is 16.000000"
            })
    @DisplayName("about limits of a namespace")
    void limits(String refusal) {
        assertThat(Admission.remedy(AGENT, refusal)).contains("kubectl describe limitrange --namespace shop", "512Mi");
    }

    @Test
    @DisplayName("about limits that it gives to an agent which asked for others, or for none")
    void changed() {
        assertThat(Admission.changed(AGENT, pod(Map.of("memory", new Quantity("512Mi")))))
                .isEmpty();
        assertThat(Admission.changed(AGENT, pod(Map.of("memory", new Quantity("512Mi"), "cpu", new Quantity("500m")))))
                .hasValueSatisfying(change -> assertThat(change)
                        .startsWith("has a limit of 500m of cpu in place of none, by a LimitRange of namespace shop")
                        .contains("kubectl describe limitrange --namespace shop", "first in chaos.namespaces"));
        assertThat(Admission.changed(AGENT, pod(Map.of("memory", new Quantity("64Mi")))))
                .hasValueSatisfying(
                        change -> assertThat(change).startsWith("has a limit of 64Mi of memory in place of 512Mi"));
    }

    private static Pod pod(Map<String, Quantity> limits) {
        PodSpec asked = AGENT.getSpec().getTemplate().getSpec();
        return new PodBuilder()
                .withSpec(new PodSpecBuilder(asked)
                        .editFirstContainer()
                        .editResources()
                        .withLimits(limits)
                        .endResources()
                        .endContainer()
                        .build())
                .build();
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
