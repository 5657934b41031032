// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoFlags;
import dev.chaosjunit.cluster.GoImageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An image of Go programs")
class GoImagesIT {

    @TempDir
    private Path images;

    /** A checkout elsewhere: a workspace of two modules, one of which uses the other. */
    @TempDir
    private Path checkout;

    @BeforeEach
    void checkOut() throws IOException {
        write("go.work", "go 1.21\n\nuse (\n\t./shop\n\t./words\n)\n");
        write("words/go.mod", "module example.org/words\n\ngo 1.21\n");
        write("words/words.go", "package words\n\nconst Greeting = \"hello\"\n");
        write("shop/go.mod", "module example.org/shop\n\ngo 1.21\n");
        write("shop/cmd/cart/main.go", """
                package main

                import "example.org/words"

                var version = "unknown"

                func main() { println(words.Greeting, version, extra) }
                """);
        write("shop/cmd/cart/plain.go", "//go:build !extra\n\npackage main\n\nconst extra = \"plain\"\n");
        write("shop/cmd/cart/extra.go", "//go:build extra\n\npackage main\n\nconst extra = \"extra\"\n");
        write("shop/cmd/check/main.go", "package main\n\nfunc main() { println(\"checked\") }\n");
        write("templates/page.html", "<p>");
        write("templates/deep/part.html", "<b>");
        write("data/products.json", "{}");
        write("data/readme.txt", "no");
    }

    @Test
    @DisplayName("holds several of a workspace elsewhere, and the files that globs name, and runs the first")
    void several() throws IOException, InterruptedException {
        ImageContent content = build(new GoImageSpec(
                "shop",
                List.of("./shop/cmd/cart", "./shop/cmd/check"),
                checkout,
                List.of("templates/**", "data/*.json"),
                "/app",
                GoFlags.NONE));

        assertThat(content.files())
                .extracting(ImageFile::target)
                .containsExactly(
                        "/usr/local/bin/cart",
                        "/usr/local/bin/check",
                        "/app/cart",
                        "/app/check",
                        "/app/data/products.json",
                        "/app/templates/deep/part.html",
                        "/app/templates/page.html");
        assertThat(content.files())
                .extracting(ImageFile::executable)
                .containsExactly(true, true, true, true, false, false, false);
        assertThat(content.entrypoint()).containsExactly("/usr/local/bin/cart");
        assertThat(content.workingDir()).isEqualTo("/app");
        assertThat(content.source("/app/templates/page.html")).hasContent("<p>");
        assertThat(run(content.source("/usr/local/bin/cart"))).isEqualTo("hello unknown plain\n");
        assertThat(run(content.source("/usr/local/bin/check"))).isEqualTo("checked\n");
    }

    @Test
    @DisplayName("is built with the flags that are asked for, and apart from one built without")
    void flags() throws IOException, InterruptedException {
        GoFlags flags = new GoFlags(List.of("-gcflags=-N"), "-X main.version=7 -s", List.of("extra"), false);
        Path plain = program(GoFlags.NONE);
        Path special = program(flags);

        assertThat(special).isNotEqualTo(plain);
        assertThat(run(plain)).isEqualTo("hello unknown plain\n");
        assertThat(run(special)).isEqualTo("hello 7 extra\n");
        assertThat(finish(new ProcessBuilder("go", "version", "-m", special.toString())))
                .contains("-gcflags=-N", "-tags=extra");
    }

    @Test
    @DisplayName("has the libraries and the loader of a program with C in it")
    void cgo() throws IOException, InterruptedException {
        write(
                "shop/cmd/cart/c.go",
                "package main\n\n// int seven() { return 7; }\nimport \"C\"\n\nvar _ = C.seven()\n");
        ImageContent content = build(image(new GoFlags(List.of(), "", List.of(), true)));

        assertThat(content.files())
                .extracting(ImageFile::target)
                .anyMatch(path -> path.matches(".*/libc\\.so\\.6"))
                .anyMatch(path -> path.matches("/lib.*/ld-linux.*"));
        assertThat(content.files()).extracting(ImageFile::source).allMatch(Files::isExecutable);
    }

    @Test
    @DisplayName("has no libraries where C is allowed and none is there")
    void noC() {
        ImageContent content = build(image(new GoFlags(List.of(), "", List.of(), true)));

        assertThat(content.files()).extracting(ImageFile::target).containsExactly("/usr/local/bin/cart");
    }

    @Test
    @DisplayName("is refused where a glob names no file, before anything is built")
    void noFile() throws IOException {
        GoImageSpec image =
                new GoImageSpec("shop", List.of("./shop/cmd/cart"), checkout, List.of("templates"), "/", GoFlags.NONE);

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> images(image).check(image))
                .withMessage("image shop: files \"templates\" names no file below " + checkout
                        + "; those of a directory are named \"directory/**\"");
        try (Stream<Path> built = Files.list(images)) {
            assertThat(built).isEmpty();
        }
    }

    private Path program(GoFlags flags) {
        return build(image(flags)).source("/usr/local/bin/cart");
    }

    private GoImageSpec image(GoFlags flags) {
        return new GoImageSpec("shop", List.of("./shop/cmd/cart"), checkout, List.of(), "/", flags);
    }

    private ImageContent build(GoImageSpec image) {
        return images(image).build(image);
    }

    private GoImages images(GoImageSpec image) {
        return new GoImages(List.of(image), new GoBuild(images, Architecture.ofThisMachine()));
    }

    private void write(String file, String text) throws IOException {
        Path path = checkout.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String run(Path program) throws IOException, InterruptedException {
        return finish(new ProcessBuilder(program.toString()));
    }

    private static String finish(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
