// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Workload;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The volumes that a container sees")
class PodVolumesTests {
    private static final String MANIFEST = """
            {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: "A"}}
            ---
            {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: p}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  securityContext: {}
                  containers:
                    - name: web
                      image: web
                      volumeMounts:
                        - {name: data, mountPath: /srv/data/, subPath: x}
                        - {name: files, mountPath: /srv}
                        - {name: claim, mountPath: /claim, readOnly: true}
                    - {name: side, image: web}
                  volumes:
                    - name: files
                      projected:
                        defaultMode: 0400
                        sources:
                          - configMap: {name: c}
                          - downwardAPI: {items: [{path: ip, fieldRef: {fieldPath: status.podIP}}]}
                    - {name: data, emptyDir: {}}
                    - {name: claim, persistentVolumeClaim: {claimName: p}}
            """;

    @Test
    @DisplayName("are directories of the node, those that hold others first, and given files are written before")
    void seen() {
        PodVolumes volumes = of(MANIFEST, 0);

        assertThat(volumes.files().stream().flatMap(VolumeFile::words))
                .containsExactly(
                        "/n/.files/default/web-0/web/files/a",
                        "400",
                        "-1",
                        "41",
                        "/n/.files/default/web-0/web/files/ip",
                        "400",
                        "-1",
                        "6970");
        assertThat(volumes.views().stream().flatMap(VolumeView::words))
                .containsExactly(
                        "/n/.claims/default/p",
                        "-1",
                        "",
                        "/claim",
                        "ro",
                        "/n/.files/default/web-0/web/files",
                        "-1",
                        "",
                        "/srv",
                        "ro",
                        "/n/.empty-dirs/default/web-0/data",
                        "-1",
                        "x",
                        "/srv/data",
                        "rw");
    }

    @Test
    @DisplayName("belong to fsGroup, which can read given files")
    void group() {
        PodVolumes volumes = of(MANIFEST.replace("securityContext: {}", "securityContext: {fsGroup: 7}"), 0);

        assertThat(volumes.files().get(0).words())
                .containsExactly("/n/.files/default/web-0/web/files/a", "440", "7", "41");
        assertThat(volumes.views()).allMatch(view -> view.group().equals(Optional.of(7L)));
    }

    @Test
    @DisplayName("are those that it mounts: others' files are not written for it")
    void none() {
        assertThat(of(MANIFEST, 1).files()).isEmpty();
        assertThat(of(MANIFEST, 1).views()).isEmpty();
    }

    private static PodVolumes of(String manifest, int container) {
        Workload workload = ManifestReader.read(List.of(new ManifestSource("web.yaml", manifest)), List.of())
                .workloads()
                .get(0);
        return new PodVolumes(
                Path.of("/n"),
                workload,
                "web-0",
                workload.pod().containers().get(container),
                field -> field.name().toLowerCase(Locale.ROOT));
    }
}
