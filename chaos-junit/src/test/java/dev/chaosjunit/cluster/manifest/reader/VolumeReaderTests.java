// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.Value.PodField;
import dev.chaosjunit.cluster.manifest.Value.Verbatim;
import dev.chaosjunit.cluster.manifest.Volume;
import dev.chaosjunit.cluster.manifest.VolumeMount;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Volumes of a pod")
class VolumeReaderTests {
    static final String POD = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: dev}
            data: {a: A, b: B}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: dev}
            stringData: {s: S}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: disk, namespace: dev}
            spec: {accessModes: [ReadWriteOnce]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: api, namespace: dev, labels: {tier: b, app: api}, annotations: {note: 'a"b'}}
            spec:
              containers:
                - name: api
                  image: api
                  resources: {limits: {cpu: 2}}
                  volumeMounts: [{name: v, mountPath: /v}]
              volumes: [VOLUME]
            """;

    @Test
    @DisplayName("hold all keys of a ConfigMap, or those named, under other names and permissions")
    void configMap() {
        assertThat(files("configMap: {name: settings}")).containsExactly(file("a", 0644, "A"), file("b", 0644, "B"));
        assertThat(files("configMap: {name: settings, defaultMode: 0400, items: [{key: a, path: x/y},"
                        + " {key: b, path: b, mode: 493}]}"))
                .containsExactly(file("x/y", 0400, "A"), file("b", 0755, "B"));
        assertThat(files("configMap: {name: none, optional: true}")).isEmpty();
    }

    @Test
    @DisplayName(
            "hold a Secret, fields of the pod, limits, or all of these in one; a token of an account has no effect")
    void projected() {
        assertThat(files("secret: {secretName: keys}")).containsExactly(file("s", 0644, "S"));
        Manifests manifests = read("name: v, projected: {defaultMode: 0o440, sources: ["
                + "{secret: {name: keys}}, {configMap: {name: settings, items: [{key: a, path: a}]}},"
                + "{serviceAccountToken: {path: token}}, {downwardAPI: {items: ["
                + "{path: labels, fieldRef: {fieldPath: metadata.labels}},"
                + "{path: notes, fieldRef: {fieldPath: metadata.annotations}},"
                + "{path: name, fieldRef: {fieldPath: metadata.name}},"
                + "{path: cpu, resourceFieldRef: {containerName: api, resource: limits.cpu}}]}}]}");

        assertThat(((Volume.Files) volume(manifests)).files())
                .containsExactly(
                        file("s", 0440, "S"),
                        file("a", 0440, "A"),
                        file("labels", 0440, "app=\"api\"\ntier=\"b\""),
                        file("notes", 0440, "note=\"a\\\"b\""),
                        new Volume.File("name", 0440, PodField.NAME),
                        file("cpu", 0440, "2"));
        assertThat(manifests.leftOut().withoutEffect())
                .contains("spec.volumes.projected.sources.serviceAccountToken (shop.yaml:25)");
    }

    @Test
    @DisplayName("are directories: of a pod, or of a claim")
    void directories() {
        assertThat(volume(read("name: v, emptyDir: {medium: Memory}"))).isEqualTo(new Volume.EmptyDir("v"));
        assertThat(volume(read("name: v"))).isEqualTo(new Volume.EmptyDir("v"));
        Volume claim = volume(read("name: v, persistentVolumeClaim: {claimName: disk}"));
        assertThat(claim).isEqualTo(new Volume.Claim("v", "disk", false));
        assertThat(((Volume.Claim) claim).of("api")).isEqualTo("disk");
    }

    @Test
    @DisplayName("are seen where a container mounts them, whole or in part")
    void mounts() {
        String mount = "{name: v, mountPath: /v}";
        String part = "{name: v, mountPath: /w, subPath: a/b, readOnly: true}";

        Manifests manifests =
                ManifestReaderTests.read(POD.replace("VOLUME", "{name: v}").replace(mount, mount + ", " + part));

        assertThat(manifests.workloads().get(0).pod().containers().get(0).mounts())
                .containsExactly(new VolumeMount("v", "/v", "", false), new VolumeMount("v", "/w", "a/b", true));
    }

    @Test
    @DisplayName("are written by no container where the claim says so")
    void readOnly() {
        String volume = "name: v, persistentVolumeClaim: {claimName: disk, readOnly: true}";

        assertThat(read(volume).workloads().get(0).pod().containers().get(0).mounts())
                .containsExactly(new VolumeMount("v", "/v", "", true));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are refused for what is missing or leads out of them")
    @CsvSource(delimiter = '|', textBlock = """
            name: v, configMap: {name: x}                  | volumes[0].configMap.name ConfigMap "x" is not among these manifests in namespace dev
            name: v, configMap: {name: settings, items: [{key: c, path: c}]} | configMap.items[0].key "c" is no key of ConfigMap "settings", which has [a, b]
            name: v, configMap: {name: settings, items: [{key: a, path: ../a}]} | items[0] path "../a" must be relative, without '..'
            name: v, configMap: {name: settings, defaultMode: 01000} | defaultMode must be permissions from 0000 to 0777, not 01000
            name: v, secret: {}                            | volumes[0].secret needs name
            name: v, downwardAPI: {items: [{path: x}]}     | downwardAPI.items[0] needs either fieldRef or resourceFieldRef
            name: v, downwardAPI: {items: [{path: x, resourceFieldRef: {containerName: x, resource: limits.cpu}}]} | containerName "x" is no container of the pod
            name: v, persistentVolumeClaim: {claimName: x} | PersistentVolumeClaim "x" is not among these manifests in namespace dev
            name: w, emptyDir: {}                          | volumeMounts[0] "v" is no volume of the pod, which has [w]
            emptyDir: {}                                   | volumes[0] needs a name
            name: v, nfs: {server: x}                      | volumes[0].nfs is not supported
            """)
    void refused(String volume, String message) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> read(volume))
                .withMessageContaining(message);
    }

    private static java.util.List<Volume.File> files(String source) {
        return ((Volume.Files) volume(read("name: v, " + source))).files();
    }

    private static Volume.File file(String path, int mode, String text) {
        return new Volume.File(path, mode, Verbatim.of(text));
    }

    private static Volume volume(Manifests manifests) {
        return manifests.workloads().get(0).pod().volumes().get(0);
    }

    private static Manifests read(String volume) {
        return ManifestReaderTests.read(POD.replace("VOLUME", "{" + volume + "}"));
    }
}
