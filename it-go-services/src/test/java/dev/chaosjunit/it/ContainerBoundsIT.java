// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("both")
@DisplayName("A container's files and rights, as it sees them itself,")
@ChaosTest(manifests = "classpath:inspector.yaml")
@GoImage(name = "inspector", main = ".", directory = ContainerBoundsIT.INSPECTOR)
@GoImage(name = "inspector-of-nobody", main = ".", directory = ContainerBoundsIT.INSPECTOR)
class ContainerBoundsIT {
    static final String INSPECTOR = "../chaos-junit/src/test/resources/cluster/inspector";

    @ParameterizedTest
    @CsvSource({
        "/etc/app/app.yaml, name: shop",
        "/etc/app/other.yaml, name: other",
        "/run/password, hush-91e0",
        "/etc/pod/labels, 'app=\"inspector\"'",
    })
    @DisplayName("hold what ConfigMaps, Secrets and the pod's fields say, and cannot be written")
    void content(String path, String content, ChaosRun run) {
        assertThat(ask(run, "inspector", "read", Map.of("path", path)).strip()).startsWith(content);
        assertThat(ask(run, "inspector", "write", Map.of("path", path))).contains("read-only file system");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/ssl/certs/ca-certificates.crt, -----BEGIN CERTIFICATE-----",
        "/usr/share/zoneinfo/Europe/Paris, TZif",
    })
    @DisplayName("hold what Go programs expect, certificates, time zones and a place for temporary files")
    void expected(String path, String content, ChaosRun run) {
        assertThat(read(run, "neighbour", path)).startsWith(content);
        assertThat(write(run, "neighbour", "/tmp/note", "")).isEqualTo("written");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/app/app.yaml, 644 0:3456",
        "/etc/app/bytes, 644 0:3456",
        "/run/password, 440 0:3456",
        "/data, 2777 0:3456",
    })
    @DisplayName("have the permissions that the manifest gives, for its fsGroup as well")
    void permissions(String path, String expected, ChaosRun run) {
        assertThat(ask(run, "inspector", "stat", Map.of("path", path))).isEqualTo(expected);
    }

    @Test
    @DisplayName("are those of the pod in emptyDirs, for its other container, too, but what is a container's own")
    void shared(ChaosRun run) {
        assertThat(write(run, "inspector", "/data/note", "for both")).isEqualTo("written");
        assertThat(read(run, "neighbour", "/data/note")).isEqualTo("for both");
        assertThat(read(run, "inspector", "/seen/note")).isEqualTo("for both");
        assertThat(write(run, "inspector", "/seen/note", "")).contains("read-only file system");
        assertThat(write(run, "inspector", "/part/deep", "below")).isEqualTo("written");
        assertThat(read(run, "neighbour", "/data/a/b/deep")).isEqualTo("below");
        assertThat(write(run, "inspector", "/etc/app/cache/x", "")).isEqualTo("written");
        assertThat(read(run, "neighbour", "/etc/app/app.yaml")).contains("no such file");
    }

    @ParameterizedTest
    @CsvSource({"/x", "/etc/x", "/tmp/x", "/work/x", "/usr/local/bin/x"})
    @DisplayName("but volumes are read-only where the root is")
    void readOnlyRoot(String path, ChaosRun run) {
        assertThat(write(run, "inspector", path, "")).containsAnyOf("read-only file system", "no such file");
        assertThat(write(run, "inspector", "/dev/shm/x", "")).isEqualTo("written");
    }

    @Test
    @DisplayName("are a user's, with groups, capabilities and a working directory")
    void rights(ChaosRun run) {
        assertThat(status(run, "inspector"))
                .contains("Cwd: /work", "Uid: 1234 1234 1234 1234", "Gid: 2345 2345 2345 2345", "NoNewPrivs: 1")
                .contains("CapBnd: 0000000000000400", "CapEff: 0000000000000000")
                .containsPattern("Groups:( 2345)? 3456 4567 ?\n");
        assertThat(status(run, "neighbour")).contains("Uid: 4321 ", "Gid: 2345 ", "CapBnd: 00000000a80425fb");
        assertThat(status(run, "nobody")).contains("Uid: 65532 ", "Gid: 0 ");
    }

    private static String status(ChaosRun run, String service) {
        return ask(run, service, "status", Map.of()).replaceAll("[\t ]+", " ");
    }

    private static String read(ChaosRun run, String service, String path) {
        return ask(run, service, "read", Map.of("path", path));
    }

    private static String write(ChaosRun run, String service, String path, String text) {
        return ask(run, service, "write", Map.of("path", path, "text", text));
    }

    private static String ask(ChaosRun run, String service, String what, Map<String, String> parameters) {
        return given().baseUri(run.service(service).url())
                .queryParams(parameters)
                .get("/" + what)
                .asString();
    }
}
