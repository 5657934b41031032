// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What an image is built from")
class GoImageSpecTests {

    @ParameterizedTest
    @CsvSource({
        "./cmd/user-api, user-api",
        "./cmd/user-api/, user-api",
        "., shop",
        "./, shop",
        "../.., shop",
        "example.org/tool/cmd/greet@v1.2.3, greet",
        "example.org/tool/v2@latest, tool",
        "github.com/nats-io/nats-server/v2@v2.11.0, nats-server"
    })
    @DisplayName("names programs as Go does, or as the image where the package is a directory without a name")
    void names(String main, String name) {
        assertThat(image(main).programs()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "./...", "-race"})
    @DisplayName("is one package a program")
    void packages(String main) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image(main))
                .withMessage("main must name Go packages one by one, such as \"./cmd/user-api\" or"
                        + " \"example.org/shop/cmd/cart@v1.2.0\", not [" + main + "]");
    }

    @Test
    @DisplayName("has no two programs of one name")
    void twice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image("./a/server", "./b/server"))
                .withMessageStartingWith("main must name programs of different names, not [server, server] of ");
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, files must be globs from the directory",
        "../secrets/*, files must be globs from the directory",
        "a/[b, files \"a/[b\" is no glob: "
    })
    @DisplayName("takes files from its directory, by globs")
    void files(String glob, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image(List.of(glob), "/", GoFlags.NONE))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "", "/app/../.."})
    @DisplayName("starts in an absolute directory")
    void workingDir(String directory) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> image(List.of(), directory, GoFlags.NONE))
                .withMessage(
                        "workingDir must be a path from the image's root, such as \"/app\", not \"" + directory + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "-o, must not hold -o: where programs go is not the test's to say",
        "--tags=x, must not hold -tags: that is what tags is for",
        "-ldflags=-s, must not hold -ldflags: that is what ldflags is for",
        "-race -x, must be flags of go build",
        "race, must be flags of go build"
    })
    @DisplayName("takes flags of the build one by one, and none that has an element of its own")
    void flags(String flag, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GoFlags(List.of(flag), "", List.of(), false))
                .withMessageStartingWith("buildFlags " + message);
    }

    @Test
    @DisplayName("tells which elements only a build heeds")
    void buildOnly() {
        GoFlags flags = new GoFlags(List.of("-race"), "-s", List.of("x"), true);

        assertThat(image("./cmd/shop").buildOnly()).isEmpty();
        assertThat(image(List.of("*.json"), "/app", flags).buildOnly())
                .containsExactly("buildFlags", "ldflags", "tags", "cgo", "files", "workingDir");
    }

    private static GoImageSpec image(String... main) {
        return new GoImageSpec("example.org/shop:1", List.of(main), Path.of(""), List.of(), "/", GoFlags.NONE);
    }

    private static GoImageSpec image(List<String> files, String workingDir, GoFlags flags) {
        return new GoImageSpec("shop", List.of("."), Path.of(""), files, workingDir, flags);
    }
}
