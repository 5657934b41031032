// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An image of one executable")
class ContainerImageTests {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path directory;

    private Path executable;

    @BeforeEach
    void build() throws IOException {
        executable = Files.writeString(directory.resolve("shop"), "#!program");
        Files.setLastModifiedTime(executable, LONG_AGO);
    }

    @Test
    @DisplayName("has its name, its architecture, the executable, which may be executed, and nothing else")
    void contents() throws IOException {
        Map<String, byte[]> files =
                untar(Files.readAllBytes(image("example.org/shop:1").tar(tars())));
        String manifest = new String(files.get("manifest.json"), UTF_8);
        String config = new String(files.get("config.json"), UTF_8);

        assertThat(manifest).contains("\"example.org/shop:1\"");
        assertThat(config).contains("\"Entrypoint\":[\"/shop\"]", "\"architecture\":\"arm64\"", "\"os\":\"linux\"");
        byte[] layer = files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".tar.gz"))
                .findFirst()
                .orElseThrow()
                .getValue();
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(layer))) {
            assertThat(untar(unzipped.readAllBytes()))
                    .containsOnlyKeys("shop 755")
                    .hasEntrySatisfying(
                            "shop 755",
                            program -> assertThat(program).asString(UTF_8).isEqualTo("#!program"));
        }
    }

    @Test
    @DisplayName("is not written again as long as the executable is the same")
    void kept() throws IOException {
        Path tar = image("shop").tar(tars());
        FileTime written = FileTime.from(Instant.parse("2020-01-02T00:00:00Z"));
        Files.setLastModifiedTime(tar, written);

        assertThat(image("shop").tar(tars())).isEqualTo(tar);
        assertThat(Files.getLastModifiedTime(tar)).isEqualTo(written);
        assertThat(leftovers()).isZero();
    }

    @Test
    @DisplayName("is written again once the executable is newer")
    void rewritten() throws IOException {
        Path tar = image("shop").tar(tars());
        Files.setLastModifiedTime(tar, LONG_AGO);

        assertThat(image("shop").tar(tars())).isEqualTo(tar);
        assertThat(Files.getLastModifiedTime(tar)).isGreaterThan(LONG_AGO);
        assertThat(leftovers()).isZero();
    }

    @Test
    @DisplayName("has a file of its own, also where another executable or another architecture has its name")
    void apart() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other")).resolve("shop");
        Files.copy(executable, other);

        assertThat(Stream.of(
                                image("shop"),
                                image("shop:2"),
                                new ContainerImage("shop", other, "arm64"),
                                new ContainerImage("shop", executable, "amd64"))
                        .map(image -> image.tar(tars())))
                .doesNotHaveDuplicates();
    }

    private ContainerImage image(String name) {
        return new ContainerImage(name, executable, "arm64");
    }

    private Path tars() {
        return directory.resolve("tars");
    }

    private long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(tars())) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }

    /** Files by name; those below the top by name and mode. */
    private static Map<String, byte[]> untar(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                boolean program = entry.getName().equals("shop");
                files.put(
                        program ? "shop " + Integer.toOctalString(entry.getMode() & 0777) : entry.getName(),
                        tar.readAllBytes());
            }
        }
        return files;
    }
}
