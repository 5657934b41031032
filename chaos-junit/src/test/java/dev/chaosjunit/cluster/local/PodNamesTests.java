// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The names of pods")
class PodNamesTests {

    @Test
    @DisplayName("end with a number, but for Pods; those of StatefulSets come first, in every namespace anew")
    void numbers() {
        assertThat(names(
                        workload("Deployment", "default", "db", 2, ""),
                        workload("StatefulSet", "default", "db", 2, ""),
                        workload("DaemonSet", "prod", "db", 1, ""),
                        workload("Pod", "default", "db", 1, "")))
                .extracting(PodName::key)
                .containsExactly("db-2", "db-3", "db-0", "db-1", "prod_db-0", "db");
    }

    @Test
    @DisplayName("are below a headless Service in DNS where the StatefulSet or the template says so")
    void hosts() {
        assertThat(names(workload("StatefulSet", "prod", "db", 1, "hostname: other, subdomain: other,"))
                        .get(0)
                        .hosts("198.18.0.2"))
                .isEqualTo("198.18.0.2 db-0.db.prod.svc.cluster.local db-0\n");
        PodName declared = names(workload("Pod", "default", "web", 1, "hostname: one, subdomain: all,"))
                .get(0);
        assertThat(declared.hosts("198.18.0.2")).isEqualTo("198.18.0.2 one.all.default.svc.cluster.local one\n");
        assertThat(declared.search()).isEqualTo("search default.svc.cluster.local svc.cluster.local cluster.local\n");
        assertThat(names(workload("Pod", "prod", "web", 1, "")).get(0).hosts("198.18.0.2"))
                .isEqualTo("198.18.0.2 web\n");
    }

    @Test
    @DisplayName("of pods that come later are none that another ever had")
    void next() {
        List<Workload> read =
                read(workload("Deployment", "default", "db", 2, ""), workload("StatefulSet", "default", "db", 1, ""));
        PodNames names = new PodNames(read);

        assertThat(names.next(read.get(0)).name()).isEqualTo("db-3");
        assertThat(names.next(read.get(0)).name()).isEqualTo("db-4");
    }

    @Test
    @DisplayName("cannot be the same, where they are given")
    void twice() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> names(
                        workload("StatefulSet", "default", "db", 1, ""), workload("Pod", "default", "db-0", 1, "")))
                .withMessage("Pod/db-0: another object has a pod named db-0");
    }

    private static List<Workload> read(String... workloads) {
        String yaml = Stream.of(workloads).collect(joining("---\n"));
        return ManifestReader.read(List.of(new ManifestSource("pods.yaml", yaml)), List.of())
                .workloads();
    }

    private static List<PodName> names(String... workloads) {
        List<Workload> read = read(workloads);
        PodNames names = new PodNames(read);
        return read.stream().flatMap(workload -> names.of(workload).stream()).toList();
    }

    private static String workload(String kind, String namespace, String name, int replicas, String pod) {
        String spec = "{" + pod + " containers: [{name: one, image: one}]}";
        String replicated = kind.equals("DaemonSet") ? "" : "replicas: " + replicas + ", ";
        String stateful = kind.equals("StatefulSet") ? "serviceName: " + name + ", " : "";
        return "{apiVersion: " + (kind.equals("Pod") ? "v1" : "apps/v1") + ", kind: " + kind
                + ", metadata: {namespace: " + namespace + ", name: " + name + "}, spec: "
                + (kind.equals("Pod")
                        ? spec
                        : "{" + replicated + stateful
                                + "selector: {matchLabels: {app: one}}, template: {metadata: {labels: {app: one}}, spec: "
                                + spec + "}}")
                + "}\n";
    }
}
