// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Exporting;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.EnvVar;
import dev.chaosjunit.cluster.manifest.Value.Literal;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pods of the local runtime that export")
class ExportingPodsTests {
    private static final Workload WEB = ManifestReader.read(List.of(new ManifestSource("web.yaml", """
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: web}
                            spec:
                              selector: {matchLabels: {app: web}}
                              template:
                                metadata: {labels: {app: web}}
                                spec:
                                  initContainers:
                                    - {name: init, image: web, env: [{name: A, value: a}]}
                                  containers:
                                    - name: web
                                      image: web
                                      env:
                                        - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://own:4318"}
                                        - {name: LOG, value: debug}
                                    - {name: side, image: web}
                            """)), List.of())
            .workloads()
            .get(0);

    @Test
    @DisplayName("are told in front of their own variables, with the pod's name first; their own stay as they are")
    void own() {
        assertThat(exporting().pod().containers().get(0).env())
                .containsExactly(
                        new EnvVar("CHAOS_POD_NAME", PodField.NAME),
                        new EnvVar("OTEL_TRACES_EXPORTER", new Literal("otlp")),
                        new EnvVar("OTEL_RESOURCE_ATTRIBUTES", new Literal("k8s.pod.name=$(CHAOS_POD_NAME)")),
                        new EnvVar("OTEL_EXPORTER_OTLP_ENDPOINT", new Literal("http://own:4318")),
                        new EnvVar("LOG", new Literal("debug")));
    }

    @Test
    @DisplayName("are told in each container, in the order of the variables")
    void each() {
        assertThat(exporting().pod().containers().get(1).env())
                .extracting(EnvVar::name)
                .containsExactly(
                        "CHAOS_POD_NAME",
                        "OTEL_TRACES_EXPORTER",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "OTEL_RESOURCE_ATTRIBUTES");
    }

    @Test
    @DisplayName("have init containers and all else as the manifest says")
    void untouched() {
        Workload told = exporting();

        assertThat(told.pod().initContainers()).isEqualTo(WEB.pod().initContainers());
        assertThat(told.with(told.pod().with(WEB.pod().containers()))).isEqualTo(WEB);
        assertThat(told.pod().containers()).extracting(ContainerSpec::name).containsExactly("web", "side");
    }

    @Test
    @DisplayName("are as they were where nobody wants that")
    void unwanted() {
        assertThat(new ExportingPods(Exporting.NONE).of(WEB)).isSameAs(WEB);
    }

    private static Workload exporting() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OTEL_TRACES_EXPORTER", "otlp");
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://198.18.0.1:4318");
        variables.put("OTEL_RESOURCE_ATTRIBUTES", "k8s.pod.name=$(CHAOS_POD_NAME)");
        return new ExportingPods(new Exporting(Optional.empty(), variables)).of(WEB);
    }
}
