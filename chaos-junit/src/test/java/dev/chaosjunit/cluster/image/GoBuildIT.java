// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("go build")
class GoBuildIT {

    private static final Path HELLO =
            Path.of("src/test/resources/cluster/hello").toAbsolutePath();

    @TempDir
    Path images;

    @Test
    @DisplayName("makes a static executable, with the leak profile where that is an experiment")
    void builds() throws IOException, InterruptedException {
        Path executable = build("shop/hello:dev", ".");

        assertThat(executable).isExecutable().startsWith(images).hasFileName("hello");
        String facts = output(new ProcessBuilder("go", "version", "-m", executable.toString()));
        assertThat(facts).contains("CGO_ENABLED=0", "-trimpath=true");
        assertThat(facts.contains("GOEXPERIMENT=goroutineleakprofile")).isEqualTo(facts.contains(": go1.26."));
    }

    @Test
    @DisplayName("keeps an executable that is up to date, though many threads and JVMs ask for it at once")
    void shared() throws IOException, InterruptedException {
        Path executable = build("hello", ".");
        Object inode = Files.getAttribute(executable, "unix:ino");
        try (InputStream held = Files.newInputStream(executable)) { // so that no other file can get its inode
            List<Process> others = List.of(otherJvm().start(), otherJvm().start());
            assertThat(IntStream.range(0, 4).parallel().mapToObj(i -> build("hello", ".")))
                    .containsOnly(executable);
            for (Process other : others) {
                assertThat(finish(other).lines())
                        .contains(executable.toString())
                        .anyMatch(line -> line.startsWith("[build] image hello: go builds .: nothing was to do, "));
            }
            assertThat(held.read()).isNotNegative();
        }
        assertThat(Files.getAttribute(executable, "unix:ino")).isEqualTo(inode);
    }

    @Test
    @DisplayName("keeps two packages apart that classes give the same image name")
    void sameName(@TempDir Path module) throws IOException {
        Files.writeString(module.resolve("go.mod"), "module other\n");
        Files.writeString(module.resolve("main.go"), "package main\n\nfunc main() {}\n");
        Path executable = build("hello", ".");
        Path other = new GoBuild(images, Architecture.ofThisMachine())
                .build(new GoImageSpec("hello", ".", module))
                .get(0);

        assertThat(other).isExecutable().hasFileName("hello").isNotEqualTo(executable);
        assertThat(executable).isExecutable();
    }

    @Test
    @DisplayName("shows what the compiler says, and the command and directory")
    void noSuchPackage() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> build("hello", "./nosuch"))
                .withMessageStartingWith("image hello: go build -trimpath -o ")
                .withMessageContaining(" ./nosuch in " + HELLO + " failed with exit code 1:\n")
                .withMessageContaining("directory not found");
    }

    @Test
    @DisplayName("refuses a package that is no program")
    void library() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> build("hello", "./library"))
                .withMessage(
                        "image hello: ./library in " + HELLO + " is no package main: building it made no executable");
    }

    @Test
    @DisplayName("refuses a directory that is not there")
    void noDirectory() {
        GoImageSpec image = new GoImageSpec("hello", ".", HELLO.resolve("nosuch"));

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> new GoBuild(images, Architecture.ofThisMachine()).build(image))
                .withMessage("there is no directory " + HELLO.resolve("nosuch") + " to run go in");
    }

    @Test
    @DisplayName("says how to get Go where there is none")
    void noGo() throws IOException, InterruptedException {
        ProcessBuilder jvm = otherJvm();
        jvm.environment().put("PATH", images.toString());

        assertThat(output(jvm))
                .contains(
                        "Go is needed to build the services, but the command \"go\" cannot be started",
                        "Install it (https://go.dev/dl) and put it on the PATH, which is " + images);
    }

    @Test
    @DisplayName("says so while another JVM builds in its directory")
    void waits() throws IOException, InterruptedException {
        Process waiting;
        String first;
        try (FileChannel file = FileChannel.open(images.resolve(".lock"), CREATE, WRITE);
                FileLock lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            waiting = otherJvm().start();
            first = waiting.inputReader().readLine();
        }
        assertThat(first).isEqualTo("[build] image hello: another JVM builds in " + images + ", its turn is awaited");
        assertThat(finish(waiting)).contains("go builds .: built, ", images.toString());
    }

    @Test
    @DisplayName("fetches a versioned package by the user's own settings, though its module replaces another")
    void privateModule(@TempDir Path proxy) throws IOException, InterruptedException {
        ProxiedModule.write(
                proxy,
                "corp.example/tool",
                "v1.2.3",
                Map.of(
                        "go.mod", "module corp.example/tool\n\ngo 1.21\n\nreplace corp.example/other => ../other\n",
                        "cmd/greet/main.go", "package main\n\nfunc main() { println(\"private greetings\") }\n"));
        ProcessBuilder jvm = otherJvm("corp.example/tool/cmd/greet@v1.2.3");
        jvm.environment()
                .putAll(Map.of(
                        "GOPROXY", proxy.toUri().toString(),
                        "GOPRIVATE", "corp.example",
                        "GONOPROXY", "none",
                        "GOMODCACHE", images.resolve("modules").toString(),
                        "GOFLAGS", "-modcacherw"));

        String output = output(jvm);

        String executable = output.lines().reduce((one, last) -> last).orElseThrow();
        assertThat(executable).startsWith(images.toString()).endsWith("/greet");
        assertThat(output(new ProcessBuilder(executable))).isEqualTo("private greetings\n");
        jvm.environment().put("GOPROXY", "off"); // it has been fetched
        assertThat(output(jvm)).contains("nothing was to do").endsWith(executable + "\n");
    }

    private Path build(String name, String main) {
        return new GoBuild(images, Architecture.ofThisMachine())
                .build(new GoImageSpec(name, main, HELLO))
                .get(0);
    }

    private ProcessBuilder otherJvm() {
        return otherJvm(".");
    }

    private ProcessBuilder otherJvm(String main) {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        images.toString(),
                        main)
                .redirectErrorStream(true);
    }

    private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        return finish(builder.redirectErrorStream(true).start());
    }

    private static String finish(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** The main class of another JVM that builds into the same directory. */
    static final class OtherJvm {

        private OtherJvm() {}

        /** Print where the executable is, or why there is no Go. */
        public static void main(String[] arguments) {
            try {
                System.out.println(new GoBuild(Path.of(arguments[0]), Architecture.ofThisMachine())
                        .build(new GoImageSpec("hello", arguments[1], HELLO))
                        .get(0));
            } catch (RuntimeUnavailableException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
