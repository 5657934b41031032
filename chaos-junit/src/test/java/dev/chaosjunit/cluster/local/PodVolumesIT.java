// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A volume of a local cluster's pod")
class PodVolumesIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    @DisplayName("outlives a container that ends, and not the cluster")
    void restarted() throws IOException {
        String mounts = "volumeMounts: [{name: data, mountPath: /data}, {name: claim, mountPath: /claim}]";
        try (Inspector inspector = Inspector.start(mounts)) {
            assertThat(inspector.ask("write", "path", "/data/a", "text", "kept"))
                    .isEqualTo("written");
            assertThat(inspector.ask("write", "path", "/claim/a", "text", "kept"))
                    .isEqualTo("written");
            assertThat(inspector.ask("write", "path", "/a", "text", "lost")).isEqualTo("written");
            end(inspector);
            assertThat(inspector.ask("read", "path", "/data/a")).isEqualTo("kept");
            assertThat(inspector.ask("read", "path", "/claim/a")).isEqualTo("kept");
            assertThat(inspector.ask("read", "path", "/a")).contains("no such file");
        }
        try (Inspector inspector = Inspector.start(mounts)) {
            assertThat(inspector.ask("read", "path", "/claim/a")).contains("no such file");
        }
    }

    @Test
    @DisplayName("shows a Secret that is on no disk, and nowhere on this machine outside of the pod")
    void secret() throws IOException {
        String secret = "5e77-" + ProcessHandle.current().pid();
        try (Inspector inspector = Inspector.start("volumeMounts: [{name: secret, mountPath: /secret}]", secret)) {
            assertThat(inspector.ask("read", "path", "/secret/password")).isEqualTo("hush-" + secret);
            Path work = HelloCluster.WORK.resolve("inspector");
            try (Stream<Path> files = Files.walk(work)) {
                assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, secret)))
                        .isEmpty();
            }
        }
    }

    /** CVE-2017-1002101: the first life of a container lays a link, and the second asks to be shown where that leads. */
    @Test
    @DisplayName("leads nowhere by a link that the container has laid in it: it does not start again")
    void link() throws IOException {
        String secret =
                "volumeMounts: [{name: data, mountPath: /data}, {name: data, mountPath: /part, subPath: sub/dir}]";
        try (Inspector inspector = Inspector.start(secret)) {
            assertThat(inspector.ask("move", "path", "/data/sub", "to", "/data/moved"))
                    .isEqualTo("moved");
            assertThat(inspector.ask("link", "path", "/data/sub", "to", "/etc")).isEqualTo("linked");
            cut(inspector);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(inspector.cluster().log("inspector-0", 20))
                            .anyMatch(line ->
                                    line.matches("chaos-agent contain: volume .*/data, in it sub/dir at /part: Too many"
                                            + " levels of symbolic links")));
            assertThat(inspector.cluster().instances()).isEmpty();
        }
    }

    static void end(Inspector inspector) {
        cut(inspector);
        await().atMost(SOON)
                .until(() -> inspector.cluster().ends().size() == 1
                        && inspector.cluster().unready().isEmpty()
                        && !inspector.cluster().instances().isEmpty());
    }

    private static void cut(Inspector inspector) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> inspector.ask("end"));
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, ISO_8859_1).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
