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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An image of some files")
class ContainerImageTests {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private static final Pattern LAYER = Pattern.compile("[0-9a-f]{64}\\.tar\\.gz");

    private static final String PROGRAM = "/usr/local/bin/shop";

    @TempDir
    private Path directory;

    private Path executable;
    private Path page;

    @BeforeEach
    void build() throws IOException {
        executable = Files.writeString(directory.resolve("shop"), "#!program");
        page = Files.writeString(directory.resolve("page.html"), "<p>hello");
        Files.setLastModifiedTime(page, LONG_AGO);
    }

    @Test
    @DisplayName("has its name, its architecture, its files, the program executable, a /tmp, and nothing else")
    void contents() throws IOException {
        Map<String, byte[]> files =
                untar(Files.readAllBytes(image("example.org/shop:1").tar(tars())));
        String manifest = new String(files.get("manifest.json"), UTF_8);
        String config = new String(files.get("config.json"), UTF_8);

        assertThat(manifest).contains("\"example.org/shop:1\"");
        assertThat(config)
                .contains("\"Entrypoint\":[\"/usr/local/bin/shop\"]", "\"architecture\":\"arm64\"", "\"os\":\"linux\"")
                .contains("\"WorkingDir\":\"/app\"", "\"PATH=/usr/local/sbin:/usr/local/bin:");
        byte[] layer = files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".tar.gz"))
                .findFirst()
                .orElseThrow()
                .getValue();
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(layer))) {
            assertThat(untar(unzipped.readAllBytes()))
                    .containsOnlyKeys(
                            "usr/ 755",
                            "usr/local/ 755",
                            "usr/local/bin/ 755",
                            "usr/local/bin/shop 755",
                            "app/ 755",
                            "app/page.html 644",
                            "tmp/ 777")
                    .hasEntrySatisfying(
                            "usr/local/bin/shop 755",
                            program -> assertThat(program).asString(UTF_8).isEqualTo("#!program"));
        }
    }

    @Test
    @DisplayName("is not written again as long as its content is the same, though its files were touched")
    void kept() throws IOException {
        Path tar = image("shop").tar(tars());
        Files.setLastModifiedTime(tar, LONG_AGO);
        Files.setLastModifiedTime(executable, FileTime.from(Instant.now()));

        assertThat(image("shop").tar(tars())).isEqualTo(tar);
        assertThat(Files.getLastModifiedTime(tar)).isEqualTo(LONG_AGO);
        assertThat(leftovers()).isZero();
    }

    @Test
    @DisplayName("is another once a file is, though that is as old and as long")
    void rewritten() throws IOException {
        Path tar = image("shop").tar(tars());
        Files.writeString(page, "<P>hello");
        Files.setLastModifiedTime(page, LONG_AGO);

        assertThat(image("shop").tar(tars())).isNotEqualTo(tar).exists();
        assertThat(leftovers()).isZero();
    }

    @Test
    @DisplayName("has a file of its own, where its name, architecture, files, program or working directory is its own")
    void apart() {
        ImageFile moved = new ImageFile(page, "/page.html", false);
        ImageFile program = new ImageFile(executable, PROGRAM, true);
        assertThat(Stream.of(
                                image("shop"),
                                image("shop:2"),
                                new ContainerImage("shop", content(program), "amd64", false),
                                new ContainerImage("shop", content(program, moved), "arm64", false),
                                new ContainerImage(
                                        "shop",
                                        new ImageContent(List.of(program), List.of("/x"), "/app"),
                                        "arm64",
                                        false),
                                new ContainerImage(
                                        "shop",
                                        new ImageContent(List.of(program), List.of(PROGRAM), "/"),
                                        "arm64",
                                        false),
                                new ContainerImage("shop", content(program), "amd64", true),
                                new ContainerImage("shop", content(program).withMachineFiles(), "amd64", false))
                        .map(image -> image.tar(tars())))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("has files of this machine in a layer below its own, which is the same in every image and read once")
    void machineFiles() throws IOException {
        ImageFile program = new ImageFile(executable, PROGRAM, true);
        ContainerImage shop = new ContainerImage("shop", content(program).withMachineFiles(), "arm64", false);
        ContainerImage bank = new ContainerImage(
                "bank",
                content(program, new ImageFile(page, "/app/page.html", false)).withMachineFiles(),
                "arm64",
                false);
        List<byte[]> layers = layers(shop);

        assertThat(layers).hasSize(MachineFiles.all().isEmpty() ? 1 : 2);
        assertThat(MachineFiles.all()).isSameAs(MachineFiles.all());
        assertThat(MachineFiles.hash()).isEqualTo(MachineFiles.hash());
        assertThat(untar(layers.get(layers.size() - 1))).containsKey("usr/local/bin/shop 755");
        if (layers.size() == 2) {
            assertThat(layers(bank).get(0)).isEqualTo(layers.get(0));
            assertThat(names(layers.get(0)))
                    .containsAll(MachineFiles.all().stream()
                            .map(file -> file.target().substring(1))
                            .toList())
                    .doesNotContain("usr/local/bin/shop");
        }
        assertThat(layers(bank).get(layers.size() - 1)).isNotEqualTo(layers.get(layers.size() - 1));
    }

    /** As they are put one over the other. */
    private List<byte[]> layers(ContainerImage image) throws IOException {
        Map<String, byte[]> files = untar(Files.readAllBytes(image.tar(tars())));
        List<byte[]> layers = new ArrayList<>();
        Matcher name = LAYER.matcher(new String(files.get("manifest.json"), UTF_8));
        while (name.find()) {
            try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(files.get(name.group())))) {
                layers.add(unzipped.readAllBytes());
            }
        }
        return layers;
    }

    private static List<String> names(byte[] layer) throws IOException {
        return untar(layer).keySet().stream()
                .map(name -> name.replaceFirst(" [0-7]+$", ""))
                .toList();
    }

    private ContainerImage image(String name) {
        ImageFile program = new ImageFile(executable, PROGRAM, true);
        return new ContainerImage(name, content(program, new ImageFile(page, "/app/page.html", false)), "arm64", false);
    }

    private static ImageContent content(ImageFile... files) {
        return new ImageContent(List.of(files), List.of(PROGRAM), "/app");
    }

    private Path tars() {
        return directory.resolve("tars");
    }

    private long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(tars())) {
            return files.filter(file -> file.toString().endsWith(".part")).count();
        }
    }

    /** Files by name, and by mode those that are in a layer. */
    private static Map<String, byte[]> untar(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                boolean layer = Stream.of("usr/", "app/", "tmp/").anyMatch(entry.getName()::startsWith);
                String mode = layer ? " " + Integer.toOctalString(entry.getMode() & 0777) : "";
                files.put(entry.getName() + mode, tar.readAllBytes());
            }
        }
        return files;
    }
}
