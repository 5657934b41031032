// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Value;
import dev.chaosjunit.cluster.manifest.Value.Literal;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The environment of a container")
class EnvReaderTests {
    static final String POD = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {colour: red, "not a name": x}
            binaryData: {raw: aGk=}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            data: {token: czNjcmV0}
            stringData: {user: me}
            ---
            apiVersion: v1
            kind: Pod
            metadata:
              name: api
              labels: {app: api}
              annotations: {note: "$(A)"}
            spec:
              serviceAccountName: robot
              containers:
                - name: api
                  image: api
                  resources: {limits: {cpu: 1500m, memory: 64Mi}, requests: {cpu: 100m}}
                  VARIABLES
            """;

    @ParameterizedTest(name = "{0}")
    @DisplayName("takes a value from a ConfigMap, a Secret, the pod or a limit before it starts")
    @CsvSource(delimiter = '|', textBlock = """
            configMapKeyRef: {name: settings, key: colour} | red
            configMapKeyRef: {name: settings, key: raw}    | hi
            secretKeyRef: {name: keys, key: token}         | s3cret
            secretKeyRef: {name: keys, key: user}          | me
            fieldRef: {fieldPath: metadata.namespace}      | default
            fieldRef: {fieldPath: "metadata.labels['app']"} | api
            fieldRef: {fieldPath: "metadata.annotations['note']"} | $(A)
            fieldRef: {fieldPath: spec.serviceAccountName} | robot
            resourceFieldRef: {resource: limits.cpu}       | 2
            resourceFieldRef: {resource: limits.cpu, divisor: 1m} | 1500
            resourceFieldRef: {resource: limits.memory, divisor: 1Mi} | 64
            resourceFieldRef: {resource: requests.cpu, divisor: 1m}   | 100
            resourceFieldRef: {resource: requests.memory}  | 67108864
            """)
    void resolved(String from, String value) {
        assertThat(read("env: [{name: A, valueFrom: {" + from + "}}]"))
                .containsExactly(new EnvVar("A", Verbatim.of(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "metadata.name, NAME",
        "metadata.uid, UID",
        "status.podIP, IP",
        "status.hostIP, NODE_IP",
        "spec.nodeName, NODE_NAME"
    })
    @DisplayName("takes the rest of the pod when it starts")
    void later(String path, PodField field) {
        assertThat(read("env: [{name: A, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: " + path + "}}}]"))
                .containsExactly(new EnvVar("A", field));
    }

    @Test
    @DisplayName("takes all keys that are names, with a prefix, and then its own variables")
    void envFrom() {
        List<EnvVar> variables = read("envFrom: [{configMapRef: {name: settings}, prefix: MY_},"
                + " {secretRef: {name: keys}}, {secretRef: {name: none, optional: true}}]\n"
                + "      env: [{name: user}]");

        assertThat(variables)
                .containsExactlyInAnyOrder(
                        new EnvVar("MY_colour", Verbatim.of("red")),
                        new EnvVar("MY_raw", Verbatim.of("hi")),
                        new EnvVar("token", Verbatim.of("s3cret")),
                        new EnvVar("user", Verbatim.of("me")),
                        new EnvVar("user", new Literal("")));
        assertThat(variables.get(variables.size() - 1).value()).isEqualTo(new Literal(""));
    }

    @Test
    @DisplayName("goes without what is optional and missing")
    void optional() {
        assertThat(read("env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: x, optional: true}}},"
                        + " {name: B, valueFrom: {configMapKeyRef: {name: x, key: k, optional: true}}}]"))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("is refused for what is missing, with what there is")
    @CsvSource(delimiter = '|', textBlock = """
            configMapKeyRef: {name: settings, key: x} | valueFrom.configMapKeyRef.key "x" is no key of ConfigMap "settings", which has [raw, colour, not a name]
            configMapKeyRef: {name: x, key: y}        | configMapKeyRef.name ConfigMap "x" is not among these manifests in namespace default
            secretKeyRef: {name: keys}                | valueFrom.secretKeyRef needs key
            secretKeyRef: {key: token}                | valueFrom.secretKeyRef needs name
            resourceFieldRef: {resource: limits.gpu}  | resourceFieldRef.resource must be limits.cpu or limits.memory or requests.cpu or requests.memory, not "limits.gpu"
            resourceFieldRef: {divisor: 1}            | resourceFieldRef needs resource, such as limits.memory
            """)
    void missing(String from, String message) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read("env: [{name: A, valueFrom: {" + from + "}}]"))
                .withMessageContaining(message);
    }

    @Test
    @DisplayName("shows no value in a message, nor when it is printed")
    void secret() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> ManifestReaderTests.read(POD.replace("VARIABLES", "env: [{name: A, value: 4711}]")
                        .replace("czNjcmV0", "12-34")
                        .replace("user: me", "user: 1234")))
                .withMessageContaining("Secret/keys: data.token must be base64")
                .withMessageContaining("Secret/keys: stringData.user must be text; put it in quotes")
                .satisfies(refusal -> assertThat(refusal).message().doesNotContain("4711", "12-34", "1234"));
        Value value = read("env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: token}}}]")
                .get(0)
                .value();
        assertThat(value).hasToString("Verbatim[content=6 bytes]");
        assertThat(new Literal("s3cret")).hasToString("Literal");
    }

    private static List<EnvVar> read(String variables) {
        return ManifestReaderTests.read(POD.replace("VARIABLES", variables))
                .workloads()
                .get(0)
                .pod()
                .containers()
                .get(0)
                .env();
    }
}
