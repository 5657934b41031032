// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Limits;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.PodSpec.RestartPolicy;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Security;
import dev.chaosjunit.cluster.manifest.Volume;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.Workload.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Workloads")
class WorkloadReaderTests {
    private static final String TEMPLATE = """
            apiVersion: %s
            kind: %s
            metadata: {name: w}
            spec:
              %s
              template:
                metadata: {labels: {app: w}}
                spec:
                  restartPolicy: %s
                  containers: [{name: c, image: i}]
            """;

    @ParameterizedTest
    @CsvSource({
        "apps/v1, Deployment, 'replicas: 3', 3",
        "apps/v1, ReplicaSet, 'replicas: 3', 3",
        "apps/v1, StatefulSet, 'replicas: 3', 3",
        "apps/v1, DaemonSet, 'minReadySeconds: 1', 1",
        "v1, ReplicationController, 'replicas: 3', 3"
    })
    @DisplayName("are of every kind that keeps pods running")
    void kinds(String version, String kind, String more, int replicas) {
        String selector = kind.equals("ReplicationController") ? "" : "\n  selector: {matchLabels: {app: w}}";

        Workload workload = one(TEMPLATE.formatted(version, kind, more + selector, "Always"));

        assertThat(workload.kind().word()).isEqualTo(kind);
        assertThat(workload.replicas()).isEqualTo(replicas);
        assertThat(workload.labels()).isEqualTo(Map.of("app", "w"));
        assertThat(workload.pod().restartPolicy()).isEqualTo(RestartPolicy.ALWAYS);
    }

    @Test
    @DisplayName("may come to an end: a Job, which says so, and a Pod, which may")
    void ending() {
        Workload job = one(TEMPLATE.formatted("batch/v1", "Job", "backoffLimit: 2", "OnFailure"));
        assertThat(job.kind()).isEqualTo(Kind.JOB);
        assertThat(job.pod().restartPolicy()).isEqualTo(RestartPolicy.ON_FAILURE);
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> one(TEMPLATE.formatted("batch/v1", "Job", "completions: 1", "Always")))
                .withMessageContaining("restartPolicy must be OnFailure or Never in a Job, not Always");

        Workload pod = one("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {restartPolicy: Never,"
                + " hostname: h, subdomain: s, containers: [{name: c, image: i}]}}");
        assertThat(pod.kind()).isEqualTo(Kind.POD);
        assertThat(pod.pod().restartPolicy()).isEqualTo(RestartPolicy.NEVER);
        assertThat(pod.pod().hostname() + "." + pod.pod().subdomain()).isEqualTo("h.s");
    }

    @Test
    @DisplayName("keep claims of their own, one for each pod of a StatefulSet")
    void claims() {
        Workload workload = one(TEMPLATE.formatted(
                        "apps/v1",
                        "StatefulSet",
                        "serviceName: peers\n  selector: {matchLabels: {app: w}}\n"
                                + "  volumeClaimTemplates: [{metadata: {name: data}, spec: {}}]",
                        "Always")
                .replace("image: i", "image: i, volumeMounts: [{name: data, mountPath: /d}]"));

        assertThat(workload.serviceName()).isEqualTo("peers");
        Volume claim = workload.pod().volumes().get(0);
        assertThat(claim).isEqualTo(new Volume.Claim("data", "data", true));
        assertThat(((Volume.Claim) claim).of("w-0")).isEqualTo("data-w-0");
    }

    @Test
    @DisplayName("start their pods in order where they are StatefulSets, and tell them of Services, unless they say no")
    void order() {
        String selector = "selector: {matchLabels: {app: w}}";
        assertThat(one(TEMPLATE.formatted("apps/v1", "StatefulSet", selector, "Always"))
                        .ordered())
                .isTrue();
        assertThat(one(TEMPLATE.formatted(
                                "apps/v1", "StatefulSet", "podManagementPolicy: Parallel\n  " + selector, "Always"))
                        .ordered())
                .isFalse();
        Workload deployment = one(TEMPLATE.formatted("apps/v1", "Deployment", selector, "Always"));
        assertThat(deployment.ordered()).isFalse();
        assertThat(deployment.pod().serviceLinks()).isTrue();
        assertThat(one("{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {enableServiceLinks: false,"
                                + " containers: [{name: c, image: i}]}}")
                        .pod()
                        .serviceLinks())
                .isFalse();
    }

    @Test
    @DisplayName("have containers with commands, ports, probes, rights and limits, and init containers")
    void container() {
        Workload workload = one("""
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  securityContext:
                    {runAsUser: 1000, runAsGroup: 1001, runAsNonRoot: true, fsGroup: 5, supplementalGroups: [6]}
                  initContainers: [{name: i, image: j, command: [sh, -c, "true"]}]
                  containers:
                    - name: c
                      image: i
                      command: [run, $(A)]
                      workingDir: /srv
                      ports: [{name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}]
                      startupProbe: {exec: {command: [check]}, failureThreshold: 30}
                      readinessProbe: {httpGet: {port: 8443, scheme: HTTPS, httpHeaders: [{name: A, value: B}]}}
                      livenessProbe: {grpc: {port: 53, service: s}, initialDelaySeconds: 5}
                      resources: {limits: {cpu: 0.5, memory: 1Gi}}
                      securityContext:
                        {runAsUser: 2000, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false,
                         capabilities: {add: [CAP_NET_ADMIN], drop: [ALL]}}
                """);

        ContainerSpec container = workload.pod().containers().get(0);
        assertThat(workload.pod().initContainers().get(0).command()).containsExactly("sh", "-c", "true");
        assertThat(container.command()).containsExactly("run", "$(A)");
        assertThat(container.workingDir()).isEqualTo("/srv");
        assertThat(container.ports())
                .containsExactly(
                        new ContainerPort("dns", 53, Protocol.UDP), new ContainerPort("dns-tcp", 53, Protocol.TCP));
        Probe startup = container.probes().startup().orElseThrow();
        assertThat(startup.check()).isEqualTo(new Probe.Exec(List.of("check")));
        assertThat(startup.failureThreshold()).isEqualTo(30);
        assertThat(startup.connection()).isEmpty();
        assertThat(container.probes().readiness().orElseThrow().check())
                .isEqualTo(new Probe.HttpGet(8443, "/", true, Map.of("A", "B")));
        Probe liveness = container.probes().liveness().orElseThrow();
        assertThat(liveness.check()).isEqualTo(new Probe.Grpc(53, "s"));
        assertThat(liveness.initialDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(container.limits()).isEqualTo(new Limits(OptionalLong.of(500), OptionalLong.of(1L << 30)));
        assertThat(container.security())
                .isEqualTo(new Security(
                        Optional.of(2000L),
                        Optional.of(1001L),
                        Set.of(5L, 6L),
                        Optional.of(5L),
                        true,
                        true,
                        Set.of("NET_ADMIN"),
                        Set.of("ALL"),
                        false));
    }

    @Test
    @DisplayName("are told apart from what can have no effect, which is listed")
    void withoutEffect() {
        Manifests manifests = ManifestReaderTests.read(TEMPLATE.formatted(
                        "apps/v1",
                        "Deployment",
                        "strategy: {type: Recreate}\n  selector: {matchLabels: {app: w}}",
                        "Always")
                + "---\n{apiVersion: autoscaling/v2beta2, kind: HorizontalPodAutoscaler, metadata: {name: h}}\n"
                + "---\n{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {anything: [goes]}}\n"
                + "---\n{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: NodePort,"
                + " selector: {app: w}, ports: [{port: 80, nodePort: 30080}]}}\n");

        assertThat(manifests.leftOut().withoutEffect())
                .containsExactly(
                        "spec.strategy (shop.yaml:5)",
                        "HorizontalPodAutoscaler (shop.yaml:13)",
                        "CronJob (shop.yaml:15)",
                        "spec.ports.nodePort (shop.yaml:17)",
                        "spec.type: NodePort (shop.yaml:17)");
        assertThat(manifests
                        .services()
                        .get(0)
                        .ports()
                        .get(0)
                        .targetIn(manifests.workloads().get(0)))
                .hasValue(80);
    }

    private static Workload one(String yaml) {
        return ManifestReaderTests.read(yaml).workloads().get(0);
    }
}
