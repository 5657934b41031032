// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Listener;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.ServiceSpec;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import dev.chaosjunit.cluster.manifest.Value.Literal;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The reader of manifests")
class ManifestReaderTests {
    static final String SHOP = """
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
        Workload workload = read(SHOP).workloads().get(0);

        assertThat(workload.title()).isEqualTo("Deployment/api");
        assertThat(workload.replicas()).isEqualTo(2);
        assertThat(workload.labels()).isEqualTo(Map.of("app", "api", "tier", "web"));
        assertThat(workload.pod().gracePeriod()).isEqualTo(Duration.ofSeconds(1));
        ContainerSpec container = workload.pod().containers().get(0);
        assertThat(container.image()).isEqualTo("api:dev");
        assertThat(container.args()).containsExactly("--verbose");
        assertThat(container.env())
                .containsExactly(new EnvVar("AUTH", new Literal("http://auth")), new EnvVar("POD", PodField.NAME));
        assertThat(container.ports())
                .containsExactly(
                        new ContainerPort("http", 8080, Protocol.TCP), new ContainerPort("9090", 9090, Protocol.TCP));
        assertThat(container.probes().readiness())
                .hasValue(new Probe(
                        new Probe.HttpGet(8080, "/readyz", false, Map.of()),
                        Duration.ZERO,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        1,
                        3));
    }

    @Test
    @DisplayName("reads a Service and resolves its target port by name")
    void readsService() {
        Manifests manifests = read(SHOP);

        ServiceSpec service = manifests.services().get(0);
        assertThat(service)
                .isEqualTo(new ServiceSpec(
                        "default",
                        "api",
                        false,
                        false,
                        Map.of("app", "api"),
                        List.of(new ServicePort("80", 80, "http", Protocol.TCP))));
        assertThat(service.ports().get(0).targetIn(manifests.workloads().get(0)))
                .hasValue(8080);
    }

    @Test
    @DisplayName("takes what Kubernetes takes when a field is left out or empty")
    void defaults() {
        Workload workload = read(SHOP.replace("  replicas: 2\n", "  replicas:\n")
                        .replace("      terminationGracePeriodSeconds: 1\n", "")
                        .replace("            periodSeconds: 2\n", ""))
                .workloads()
                .get(0);

        assertThat(workload.replicas()).isEqualTo(1);
        assertThat(workload.pod().gracePeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(workload.pod()
                        .containers()
                        .get(0)
                        .probes()
                        .readiness()
                        .orElseThrow()
                        .period())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @DisplayName("reads from the RuntimeClass which calls a pod's listener is for")
    @CsvSource({"chaos-io-uring, SETUP", "chaos-io-uring-enter, ENTER"})
    void runtimeClass(String name, Listener listener) {
        Manifests manifests = read(SHOP.replace("terminationGracePeriodSeconds: 1", "runtimeClassName: " + name));

        assertThat(manifests.workloads().get(0).pod().listener()).hasValue(listener);
        assertThat(read(SHOP).workloads().get(0).pod().listener()).isEmpty();
    }

    @Test
    @DisplayName("reads several sources as one, and the items of a List")
    void severalSources() {
        String[] documents = SHOP.split("---\n", 2);
        String list =
                "apiVersion: v1\nkind: List\nitems:\n- " + documents[1].strip().replace("\n", "\n  ") + "\n";

        Manifests manifests = ManifestReader.read(
                List.of(new ManifestSource("a.yaml", list), new ManifestSource("b.yaml", documents[0])), List.of());

        assertThat(manifests.workloads()).hasSize(1);
        assertThat(manifests.services()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @DisplayName("refuses by file, line, object and path")
    @CsvSource(delimiter = '|', textBlock = """
            replicas: 2 | replica: 2 | shop.yaml:7: Deployment/api: spec.replica is not supported by the local runtime
            replicas: 2 | replicas: two | shop.yaml:7: Deployment/api: spec.replicas must be an integer, 0 or more, not "two"
            replicas: 2 | replicas: -1 | Deployment/api: spec.replicas must be an integer, 0 or more, not -1
            args: ["--verbose"] | args: --verbose | shop.yaml:19: Deployment/api: spec.template.spec.containers[0].args must be a list, not "--verbose"
            args: ["--verbose"] | args: [1] | containers[0].args[0] must be text, not 1; put it in quotes
            args: ["--verbose"] | args: [yes] | containers[0].args[0] must be text, not yes; put it in quotes
            args: ["--verbose"] | lifecycle: {} | containers[0].lifecycle is not supported
            args: ["--verbose"] | volumeMounts: [{name: x, mountPath: /x}] | containers[0].volumeMounts[0] "x" is no volume of the pod, which has []
            args: ["--verbose"] | workingDir: x | containers[0] workingDir must be absolute, not "x"
            args: ["--verbose"] | resources: {limits: {cpu: much}} | containers[0].resources.limits.cpu must be an amount of 0 or more, such as 100m or 64Mi, not "much"
            args: ["--verbose"] | resources: {limits: {cpu: 1}, requests: {cpu: 1001m}} | resources.requests.cpu must not be above the limit, 1
            args: ["--verbose"] | volumeMounts: [{name: x, mountPath: /x}, {name: x, mountPath: /x}] | volumeMounts[1] mountPath "/x" is that of another mount
            args: ["--verbose"] | volumeMounts: [{name: x, mountPath: //.}] | mountPath "//." must be absolute, below /, without ':' or '..'
            args: ["--verbose"] | volumeMounts: [{name: x, mountPath: /a/../../x}] | mountPath "/a/../../x" must be absolute, below /, without ':' or '..'
            args: ["--verbose"] | securityContext: {capabilities: {add: [SYS_TIME]}} | containers[0].securityContext.capabilities add: SYS_TIME is about the machine, which pods of the local runtime only share
            args: ["--verbose"] | securityContext: {capabilities: {drop: [KILLL]}} | drop: there is no capability KILLL
            args: ["--verbose"] | securityContext: {privileged: true} | securityContext.privileged must be false on the local runtime, not true
            args: ["--verbose"] | securityContext: {runAsUser: 0, runAsNonRoot: true} | containers[0] runs as user 0, and runAsNonRoot forbids it
            args: ["--verbose"] | livenessProbe: {periodSeconds: 1} | containers[0].livenessProbe needs one of httpGet, tcpSocket, exec and grpc
            args: ["--verbose"] | livenessProbe: {tcpSocket: {port: 1}, successThreshold: 2} | livenessProbe successThreshold must be 1
            args: ["--verbose"] | startupProbe: {exec: {command: []}} | startupProbe.exec needs a command
            image: api:dev | imagePullPolicy: Never | containers[0] image is missing
            terminationGracePeriodSeconds: 1 | volumes: [{name: a, hostPath: {path: /}}] | spec.template.spec.volumes[0].hostPath is not supported
            terminationGracePeriodSeconds: 1 | volumes: [{name: a, emptyDir: {}, configMap: {name: b}}] | volumes[0] has several sources: [emptyDir, configMap]
            terminationGracePeriodSeconds: 1 | volumes: [{name: a}, {name: a}] | spec.template.spec has two volumes named "a"
            terminationGracePeriodSeconds: 1 | hostNetwork: true | spec.template.spec.hostNetwork must be false on the local runtime, not true
            terminationGracePeriodSeconds: 1 | restartPolicy: OnFailure | spec.template.spec.restartPolicy must be Always in a Deployment, not OnFailure
            terminationGracePeriodSeconds: 1 | restartPolicy: On | restartPolicy must be Always or OnFailure or Never, not On
            terminationGracePeriodSeconds: 1 | runtimeClassName: gvisor | runtimeClassName "gvisor" is not supported by the local runtime, which knows [chaos-io-uring, chaos-io-uring-enter]
            value: http://auth | value: 5432 | containers[0].env[0].value must be text; put it in quotes
            value: http://auth | valueFrom: {} | env[0].valueFrom needs one of configMapKeyRef, secretKeyRef, fieldRef and resourceFieldRef
            metadata.name} | spec.nothing} | env[1].valueFrom.fieldRef.fieldPath "spec.nothing" is none of metadata.name, metadata.uid
            name: AUTH | name: A=B | containers[0].env[0] name "A=B" is no name of a variable
            containerPort: 9090 | containerPort: 0 | shop.yaml:28: Deployment/api: spec.template.spec.containers[0].ports[1].containerPort must be an integer, 1 to 65535, not 0
            containerPort: 9090 | protocol: SCTP | ports[1].protocol must be TCP or UDP, not "SCTP"
            containerPort: 9090 | name: x | containers[0].ports[1] needs containerPort
            name: http | name: "9090" | ports[0].name must be lower-case letters, digits and '-', 15 at most, a letter among them, not "9090"
            port: http} | port: admin} | readinessProbe.httpGet.port admin is no port of the container, which has [http (8080), 9090]
            periodSeconds: 2 | periodSeconds: 0 | readinessProbe.periodSeconds must be an integer, 1 or more, not 0
            labels: {app: api, tier: web} | labels: {tier: web} | shop.yaml:8: Deployment/api: spec.selector {app=api} does not match the labels of the template, {tier=web}
            labels: {app: api, tier: web} | labels: {app: api, tier: "a b"} | metadata.labels.tier must be text of letters, digits, '-', '_' and '.', 63 at most, not "a b"
            labels: {app: api, tier: web} | labels: {app: api, tier: 1} | metadata.labels.tier must be text of letters, digits, '-', '_' and '.', 63 at most, not 1
            labels: {app: api} | namespace: Prod | metadata.namespace must be lower-case letters, digits and '-', 63 at most, not "Prod"
            name: api | name: Api | metadata.name must be lower-case letters, digits, '-' and '.', not "Api"
            name: api | generateName: api | shop.yaml:1: Deployment/(none): metadata.name is missing
            replicas: 2 | replicas: 2\\n  replicas: 3 | shop.yaml:8: Deployment/api: spec.replicas stands there twice
            selector: {app: api} | externalName: x.org | Service/api: spec.externalName is not supported
            selector: {app: api} | sessionAffinity: ClientIP | Service/api: spec.sessionAffinity must be None, not "ClientIP"
            selector: {app: api} | type: ExternalName | Service/api: spec.type must be ClusterIP or NodePort or LoadBalancer, not "ExternalName"
            selector: {app: api} | clusterIP: 10.0.0.1 | spec.clusterIP must be None, not "10.0.0.1"
            selector: {app: api} | clusterIP: None | shop.yaml:37: Service/api: spec selector is missing: the local runtime has no other endpoints
            selector: {app: api} | selector: {app: app} | shop.yaml:38: Service/api: spec.selector {app=app} selects no pod of these manifests in namespace default
            targetPort: http | targetPort: grpc | shop.yaml:41: Service/api: spec.ports[0].targetPort grpc is no port of Deployment/api, which has [http (8080), 9090]
            kind: Service | kind: NetworkPolicy | shop.yaml:33: NetworkPolicy/api: kind NetworkPolicy of v1 is not supported
            kind: Service | kind: Deployment | shop.yaml:33: Deployment/api: kind Deployment of v1 is not supported
            apiVersion: v1 | x: v1 | shop.yaml:33: Service/api: apiVersion is missing
            """)
    void refuses(String original, String replacement, String message) {
        assertThat(SHOP).contains(original);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read(SHOP.replaceFirst(
                        Pattern.quote(original),
                        replacement.replace("\\n", "\n").replace("$", "\\$"))))
                .withMessageContaining(message);
    }

    @Test
    @DisplayName("says all that is wrong in one message, and what to do about it")
    void allAtOnce() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read(SHOP.replace("replicas: 2", "paused: true")
                        .replace("image: api:dev", "lifecycle: {}")
                        .replace("targetPort: http", "targetPort: x")))
                .withMessage("""
                        4 mistakes in the manifests:
                        shop.yaml:7: Deployment/api: spec.paused must be false on the local runtime, not true
                        shop.yaml:17: Deployment/api: spec.template.spec.containers[0] image is missing
                        shop.yaml:18: Deployment/api: spec.template.spec.containers[0].lifecycle is not supported by the local runtime
                        shop.yaml:41: Service/api: spec.ports[0].targetPort x is no port of Deployment/api, which has [http (8080), 9090]
                        Remove what is not supported, leave it out knowingly by @ChaosTest(ignore = …), or run with chaos.runtime=k3s""");
    }

    @Test
    @DisplayName("refuses two objects of one name, but not in two namespaces")
    void twice() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read(SHOP + "---\n" + SHOP))
                .withMessageContaining("shop.yaml:43: Deployment/api: metadata.name is used twice in these manifests");

        Manifests both = read(SHOP + "---\n"
                + SHOP.replace("  name: api\n", "  name: api\n  namespace: dev\n")
                        .replace("    name: api\n  namespace: dev\n", "    name: api\n"));

        assertThat(both.workloads())
                .extracting(Workload::title)
                .containsExactly("Deployment/api", "Deployment/dev/api");
        assertThat(both.services().get(1).selects(both.workloads().get(0))).isFalse();
    }

    @Test
    @DisplayName("says where YAML is broken, and goes on with the next file")
    void brokenYaml() {
        List<ManifestSource> sources =
                List.of(new ManifestSource("a.yaml", "a: [1\nb: 2"), new ManifestSource("b.yaml", "- 1"));

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> ManifestReader.read(sources, List.of()))
                .withMessageContaining("a.yaml: no legal YAML")
                .withMessageContaining("line 2")
                .withMessageContaining("b.yaml:1: a document must be a Kubernetes object with fields");
    }

    @Test
    @DisplayName("refuses manifests without pods")
    void nothing() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read("# nothing\n"))
                .withMessage("the manifests [shop.yaml] hold no Deployment, nor any other kind that has pods: there is"
                        + " nothing to run");
    }

    static Manifests read(String yaml) {
        return ManifestReader.read(List.of(new ManifestSource("shop.yaml", yaml)), List.of());
    }
}
