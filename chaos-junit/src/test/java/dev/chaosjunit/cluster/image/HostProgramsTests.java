// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chaosjunit.cluster.HostProgramSpec;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Programs of this machine")
class HostProgramsTests {

    @Test
    @DisplayName("stand for an image of any tag")
    void tags() {
        HostProgramSpec spec = program("sh");
        HostPrograms programs = new HostPrograms(List.of(spec));

        assertThat(programs.find("db")).contains(spec);
        assertThat(programs.find("db:16-alpine")).contains(spec);
        assertThat(programs.find("example.org/db:16")).isEmpty();
    }

    @Test
    @DisplayName("are found on the PATH, with their version and the numbers of their user")
    void found() {
        ImageContent content = contentOf(new HostProgramSpec("db", List.of("env", "-0"), "x", "root", List.of()));

        assertThat(content.entrypoint()).containsExactly("/usr/bin/env", "-0");
        assertThat(content.host()).hasValueSatisfying(host -> {
            assertThat(host.program()).isEqualTo(Path.of("/usr/bin/env"));
            assertThat(host.prepare()).isEqualTo("x");
            assertThat(host.user()).isEqualTo(Optional.of(new HostPart.User(0, 0)));
            assertThat(host.version()).startsWith("env (GNU coreutils) ");
        });
    }

    @Test
    @DisplayName("or else among the files of Debian packages")
    void packaged() {
        assumeTrue(
                Files.exists(Path.of("/usr/bin/dpkg-query")), "There is no dpkg here, to ask for files of packages.");

        ImageContent content = new HostPrograms(List.of(), List.of()).content(program("perl"));
        assertThat(content.program()).isEqualTo(Path.of("/usr/bin/perl"));
        assertThat(content.host().orElseThrow().version()).startsWith("This is perl 5");
    }

    @Test
    @DisplayName("or by their path; one that says no version is taken all the same")
    @Timeout(20)
    void unknownVersion(@TempDir Path directory) throws IOException {
        Path silent = script(directory.resolve("silent"), "exit 1");
        Path endless = script(directory.resolve("endless"), "sleep 1000");

        assertThat(version(silent)).isEqualTo("of unknown version");
        assertThat(version(endless)).isEqualTo("of unknown version");
    }

    @Test
    @DisplayName("that are missing are refused, with the package that brings them and the other way out")
    void missing() {
        assertThatExceptionOfType(RuntimeUnavailableException.class)
                .isThrownBy(() -> contentOf(
                        new HostProgramSpec("db:1", List.of("no-such-db"), "", "", List.of("no-such-package"))))
                .withMessage("image db:1: this machine has no program no-such-db, which @HostProgram takes for it."
                        + " Install the Debian package (apt-get install no-such-package), or run with"
                        + " chaos.runtime=k3s, where the image is pulled.");
        assertThatExceptionOfType(RuntimeUnavailableException.class)
                .isThrownBy(() -> contentOf(new HostProgramSpec("db", List.of("sh"), "", "nosuchuser", List.of())))
                .withMessage("image db: this machine has no user nosuchuser, which @HostProgram takes for it."
                        + " Install it, or run with chaos.runtime=k3s, where the image is pulled.");
    }

    @Test
    @DisplayName("have a command")
    void command() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostProgramSpec("db", List.of(), "", "", List.of()))
                .withMessageStartingWith("command must name a program");
    }

    private static String version(Path program) {
        return contentOf(program(program.toString())).host().orElseThrow().version();
    }

    private static ImageContent contentOf(HostProgramSpec spec) {
        return new HostPrograms(List.of(spec)).content(spec);
    }

    private static HostProgramSpec program(String command) {
        return new HostProgramSpec("db", List.of(command), "", "", List.of());
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
