// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.ManifestSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pods of Kubernetes that export")
class ExportVariablesTests {
    private static final String POD = """
            initContainers: [{name: init, image: web, env: [{name: A, value: a}]}]
            containers:
              - name: web
                image: web
                env:
                  - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://own:4318"}
                  - {name: LOG, value: debug}
              - {name: side, image: web}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"Pod", "Deployment", "StatefulSet", "DaemonSet", "Job"})
    @DisplayName("are told in front of their own variables, which stay as they are, and the pod's name first")
    void told(String kind) {
        PodSpec pod = told(object(kind));

        assertThat(pod.getContainers().get(0).getEnv())
                .extracting(variable -> variable.getName() + "=" + variable.getValue())
                .containsExactly(
                        "CHAOS_POD_NAME=null",
                        "OTEL_TRACES_EXPORTER=otlp",
                        "OTEL_RESOURCE_ATTRIBUTES=k8s.pod.name=$(CHAOS_POD_NAME)",
                        "OTEL_EXPORTER_OTLP_ENDPOINT=http://own:4318",
                        "LOG=debug");
        assertThat(pod.getContainers()
                        .get(0)
                        .getEnv()
                        .get(0)
                        .getValueFrom()
                        .getFieldRef()
                        .getFieldPath())
                .isEqualTo("metadata.name");
        assertThat(pod.getContainers().get(1).getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "CHAOS_POD_NAME",
                        "OTEL_TRACES_EXPORTER",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "OTEL_RESOURCE_ATTRIBUTES");
        assertThat(pod.getInitContainers())
                .singleElement()
                .extracting(Container::getEnv)
                .asInstanceOf(InstanceOfAssertFactories.list(EnvVar.class))
                .extracting(EnvVar::getName)
                .containsExactly("A");
    }

    @Test
    @DisplayName("are as they were where nobody wants that, and what makes no pods always is")
    void untouched() {
        HasMetadata pod = object("Pod");
        new ExportVariables(Exporting.NONE).addTo(pod);
        assertThat(pod).isEqualTo(object("Pod"));

        HasMetadata service = read("apiVersion: v1\nkind: Service\nmetadata: {name: web}\n");
        exporting().addTo(service);
        assertThat(service).isEqualTo(read("apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"));
    }

    private static PodSpec told(HasMetadata object) {
        exporting().addTo(object);
        return ManifestObjects.spec(object).orElseThrow();
    }

    private static ExportVariables exporting() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OTEL_TRACES_EXPORTER", "otlp");
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://172.17.0.1:4318");
        variables.put("OTEL_RESOURCE_ATTRIBUTES", "k8s.pod.name=$(CHAOS_POD_NAME)");
        return new ExportVariables(new Exporting(Optional.empty(), variables));
    }

    private static HasMetadata object(String kind) {
        String version = kind.equals("Pod") ? "v1" : kind.equals("Job") ? "batch/v1" : "apps/v1";
        String spec = kind.equals("Pod")
                ? "spec:\n" + POD.indent(2)
                : "spec:\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n" + POD.indent(6);
        return read("apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: web}\n" + spec);
    }

    private static HasMetadata read(String yaml) {
        return ManifestObjects.read(List.of(new ManifestSource("web.yaml", yaml)))
                .get(0);
    }
}
