// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.cluster.Probing.Probe;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kubelet's probes of a pod")
class PodProbesTests {
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    @DisplayName("come from its gateway and its node's addresses, to ports by number and by name")
    void addressesAndPorts() {
        Probing probing = PodProbes.of(pod("""
                        readinessProbe: {httpGet: {path: /readyz, port: admin}, periodSeconds: 2, timeoutSeconds: 3}
                        livenessProbe: {tcpSocket: {port: 9090}}
                        """, true), true);

        assertThat(probing.from()).containsExactly(Probing.GATEWAY, "172.17.0.2", "fd00::2");
        assertThat(probing.probes()).containsExactly(probe(6060, 2, 3), probe(9090, 10, 1));
        assertThat(probing.apart()).isTrue();
    }

    @Test
    @DisplayName("are those of startup until that has succeeded, and from then on the others")
    void startup() {
        String probes = """
                startupProbe: {grpc: {port: 9090}, periodSeconds: 1}
                readinessProbe: {httpGet: {path: /readyz, port: 8080}, periodSeconds: 5}
                """;

        assertThat(PodProbes.of(pod(probes, false), true).probes()).containsExactly(probe(9090, 1, 1));
        assertThat(PodProbes.of(pod(probes, true), true).probes()).containsExactly(probe(8080, 5, 1));
    }

    @Test
    @DisplayName("are none where they run in the container, ask somebody else, or are not there")
    void none() {
        assertThat(PodProbes.of(pod("livenessProbe: {exec: {command: [\"true\"]}}", true), true))
                .isEqualTo(Probing.NONE);
        assertThat(PodProbes.of(pod("livenessProbe: {httpGet: {port: 80, host: example.org}}", true), true))
                .isEqualTo(Probing.NONE);
        assertThat(PodProbes.of(pod("workingDir: /", true), true)).isEqualTo(Probing.NONE);
        assertThat(PodProbes.of(pod("livenessProbe: {httpGet: {port: 80, host: 10.42.0.7}}", true), true)
                        .probes())
                .containsExactly(probe(80, 10, 1));
    }

    @Test
    @DisplayName("of all containers are due, also of those that started before the others and go on")
    void containers() {
        Pod pod = pod("readinessProbe: {tcpSocket: {port: 8080}}", true);
        pod.getSpec()
                .setInitContainers(pod("livenessProbe: {tcpSocket: {port: 7000}}", true)
                        .getSpec()
                        .getContainers());

        assertThat(PodProbes.of(pod, false).probes()).containsExactly(probe(7000, 10, 1), probe(8080, 10, 1));
        assertThat(PodProbes.of(pod, false).apart()).isFalse();
    }

    private static Probe probe(int port, int period, int timeout) {
        return new Probe(port, Duration.ofSeconds(period), Duration.ofSeconds(timeout));
    }

    private static Pod pod(String probes, boolean started) {
        return YAML.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  containers:
                  - name: main
                    ports: [{name: http, containerPort: 8080}, {name: admin, containerPort: 6060}]
                %sstatus:
                  hostIP: 172.17.0.2
                  hostIPs: [{ip: 172.17.0.2}, {ip: "fd00::2"}]
                  podIP: 10.42.0.7
                  containerStatuses: [{name: main, started: %s}]
                """.formatted(probes.strip().indent(4), started), Pod.class);
    }
}
