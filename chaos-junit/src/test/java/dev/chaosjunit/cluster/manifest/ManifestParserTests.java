// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.ContainerSpec.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerSpec.EnvVar;
import dev.chaosjunit.cluster.manifest.ContainerSpec.EnvVar.Source;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The manifest parser")
class ManifestParserTests {

    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: api
              labels: {app: api}
            spec:
              replicas: 2
              selector:
                matchLabels:
                  app: api
              template:
                metadata:
                  labels: {app: api, tier: web}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - name: api
                      image: api:dev
                      args: ["--verbose"]
                      env:
                        - name: AUTH
                          value: http://auth
                        - name: POD
                          valueFrom: {fieldRef: {fieldPath: metadata.name}}
                      ports:
                        - name: http
                          containerPort: 8080
                        - containerPort: 9090
                      readinessProbe:
                        httpGet: {path: /readyz, port: http}
                        periodSeconds: 2
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: api
            spec:
              selector: {app: api}
              ports:
                - port: 80
                  targetPort: http
            """;

    @Test
    @DisplayName("reads a Deployment")
    void readsDeployment() {
        Workload workload = parse(SHOP).workloads().get(0);

        assertThat(workload.name()).isEqualTo("api");
        assertThat(workload.replicas()).isEqualTo(2);
        assertThat(workload.labels()).isEqualTo(Map.of("app", "api", "tier", "web"));
        assertThat(workload.gracePeriod()).isEqualTo(Duration.ofSeconds(1));
        assertThat(workload.container().image()).isEqualTo("api:dev");
        assertThat(workload.container().args()).containsExactly("--verbose");
        assertThat(workload.container().env())
                .containsExactly(
                        new EnvVar("AUTH", Source.LITERAL, "http://auth"), new EnvVar("POD", Source.POD_NAME, ""));
        assertThat(workload.container().ports())
                .containsExactly(new ContainerPort("http", 8080), new ContainerPort("9090", 9090));
        assertThat(workload.container().readiness())
                .isEqualTo(new ReadinessProbe(
                        new ReadinessProbe.HttpGet(8080, "/readyz", Map.of()),
                        Duration.ZERO,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        1,
                        3));
    }

    @Test
    @DisplayName("reads a Service and resolves its target port by name")
    void readsService() {
        Manifests manifests = parse(SHOP);

        ServiceSpec service = manifests.services().get(0);
        assertThat(service)
                .isEqualTo(new ServiceSpec(
                        "api", false, Map.of("app", "api"), List.of(new ServicePort("80", 80, "http"))));
        assertThat(service.ports().get(0).targetIn(manifests.workloads().get(0)))
                .hasValue(8080);
    }

    @Test
    @DisplayName("takes what Kubernetes takes when a field is left out")
    void defaults() {
        Workload workload = parse(SHOP.replace("  replicas: 2\n", "")
                        .replace("      terminationGracePeriodSeconds: 1\n", "")
                        .replace("            periodSeconds: 2\n", ""))
                .workloads()
                .get(0);

        assertThat(workload.replicas()).isEqualTo(1);
        assertThat(workload.gracePeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(workload.container().readiness())
                .extracting(ReadinessProbe::period)
                .isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @DisplayName("reads from the RuntimeClass which calls a pod's listener is for")
    @CsvSource({"chaos-io-uring, SETUP", "chaos-io-uring-enter, ENTER"})
    void runtimeClass(String name, Listener listener) {
        String grace = "terminationGracePeriodSeconds: 1";

        Manifests manifests = parse(SHOP.replace(grace, "runtimeClassName: " + name));

        assertThat(manifests.workloads().get(0).listener()).hasValue(listener);
        assertThat(parse(SHOP).workloads().get(0).listener()).isEmpty();
    }

    @Test
    @DisplayName("refuses a RuntimeClass that it cannot give, with those that it can")
    void otherRuntimeClass() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() ->
                        parse(SHOP.replace("terminationGracePeriodSeconds: 1", "runtimeClassName: chaos-io-urin")))
                .withMessage("shop.yaml: Deployment/api: spec.template.spec.runtimeClassName \"chaos-io-urin\" is not"
                        + " supported by the local runtime, which knows [chaos-io-uring, chaos-io-uring-enter]");
    }

    @Test
    @DisplayName("refuses a restartPolicy that no Deployment may have, and reads the one that it may")
    void restartPolicy() {
        String grace = "terminationGracePeriodSeconds: 1";
        assertThat(parse(SHOP.replace(grace, "restartPolicy: Always"))).isEqualTo(parse(SHOP.replace(grace, "")));
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse(SHOP.replace(grace, "restartPolicy: OnFailure")))
                .withMessage("shop.yaml: Deployment/api: spec.template.spec.restartPolicy must be Always, as in every"
                        + " Deployment, not \"OnFailure\"");
    }

    @Test
    @DisplayName("reads several sources as one")
    void severalSources() {
        String[] documents = SHOP.split("---\n", 2);

        Manifests manifests = ManifestParser.parse(
                List.of(new ManifestSource("a.yaml", documents[1]), new ManifestSource("b.yaml", documents[0])));

        assertThat(manifests.workloads()).hasSize(1);
        assertThat(manifests.services()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} → {2}")
    @DisplayName("refuses by path and name")
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 2 | strategy: {type: Recreate} | Deployment/api: spec.strategy is not supported
            replicas: 2 | replica: 2 | Deployment/api: spec.replica is not supported
            replicas: 2 | replicas: two | Deployment/api: spec.replicas must be integer, not "two"
            replicas: 2 | replicas: -1 | Deployment/api: spec.replicas must be 0 or more, not -1
            args: ["--verbose"] | args: --verbose | containers[0].args must be a list, not "--verbose"
            args: ["--verbose"] | args: [1] | containers[0].args[0] must be text, not 1; put it in quotes
            args: ["--verbose"] | command: [sh] | containers[0].command is not supported
            args: ["--verbose"] | volumeMounts: [] | containers[0].volumeMounts is not supported
            args: ["--verbose"] | resources: {limits: {cpu: 1}} | containers[0].resources is not supported
            args: ["--verbose"] | livenessProbe: {tcpSocket: {port: 1}} | containers[0].livenessProbe is not supported
            terminationGracePeriodSeconds: 1 | volumes: [] | Deployment/api: spec.template.spec.volumes is not supported
            value: http://auth | value: 1 | containers[0].env[0].value must be text, not 1; put it in quotes
            value: http://auth | valueFrom: {secretKeyRef: {name: s}} | env[0].valueFrom.secretKeyRef is not supported
            metadata.name} | spec.nodeName} | env[1].valueFrom.fieldRef.fieldPath "spec.nodeName" is not supported
            name: AUTH | name: A=B | containers[0].env[0].name "A=B" is no name of a variable
            containerPort: 9090 | containerPort: 0 | containers[0].ports[1].containerPort must be 1 to 65535, not 0
            containerPort: 9090 | protocol: UDP | ports[1].protocol UDP (other than TCP) is not supported
            port: http} | port: admin} | readinessProbe.httpGet.port admin is no port of the container
            httpGet: {path: /readyz, port: http} | exec: {command: [x]} | readinessProbe.exec is not supported
            periodSeconds: 2 | periodSeconds: 0 | readinessProbe.periodSeconds must be 1 or more, not 0
            labels: {app: api, tier: web} | labels: {tier: web} | spec.selector.matchLabels {app=api} does not match
            labels: {app: api} | namespace: prod | metadata.namespace prod (other than default) is not supported
            name: api | name: Api | metadata.name must be lower-case letters, digits and '-', not "Api"
            selector: {app: api} | externalName: x.org | Service/api: spec.externalName is not supported
            selector: {app: api} | sessionAffinity: None | Service/api: spec.sessionAffinity is not supported
            selector: {app: api} | selector: {app: app} | Service/api: spec.selector {app=app} selects no Deployment
            targetPort: http | targetPort: grpc | Service/api: targetPort grpc is no port of Deployment/api
            kind: Service | kind: ConfigMap | apiVersion v1, kind ConfigMap is not supported
            selector: {app: api} | type: NodePort | spec.type NodePort (other than ClusterIP) is not supported
            """)
    void refuses(String original, String replacement, String message) {
        assertThat(SHOP).contains(original);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse(SHOP.replaceFirst(Pattern.quote(original), replacement)))
                .withMessageContaining(message);
    }

    @Test
    @DisplayName("says what to do about a field that it does not know")
    void remedy() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse(SHOP.replace("terminationGracePeriodSeconds: 1", "volumes: []")))
                .withMessage("shop.yaml: Deployment/api: spec.template.spec.volumes is not supported by the"
                        + " local runtime; remove it or run with chaos.runtime=k3s");
    }

    @Test
    @DisplayName("refuses two objects of one name")
    void twice() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse(SHOP + "---\n" + SHOP))
                .withMessage("shop.yaml: Deployment/api: metadata.name is used twice in these manifests");
    }

    @Test
    @DisplayName("refuses two containers in a pod")
    void sidecar() {
        String sidecar = "        - name: sidecar\n          image: x\n          ports:";
        String twoContainers = SHOP.replace("          ports:", sidecar);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse(twoContainers))
                .withMessageContaining("spec.template.spec.containers must hold one container");
    }

    @Test
    @DisplayName("says where YAML is broken")
    void brokenYaml() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse("a: [1\nb: 2"))
                .withMessageContaining("shop.yaml: no legal YAML")
                .withMessageContaining("line 2");
    }

    @Test
    @DisplayName("refuses manifests without a Deployment")
    void nothing() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> parse("# nothing\n"))
                .withMessage("the manifests [shop.yaml] hold no Deployment: there is nothing to run");
    }

    private static Manifests parse(String yaml) {
        return ManifestParser.parse(List.of(new ManifestSource("shop.yaml", yaml)));
    }
}
