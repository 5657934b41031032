// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code target.go}, built and running on the loopback address. */
final class GoProgram implements AutoCloseable {
    private final Process process;
    private final int port;

    private GoProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Build the program; with the leak profile where the toolchain has it as an experiment (Go 1.26). */
    static Path build(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve("target.go");
        try (InputStream code = Objects.requireNonNull(GoProgram.class.getResourceAsStream("target.go"))) {
            Files.copy(code, source);
        }
        Path binary = directory.resolve("target");
        ProcessBuilder build = new ProcessBuilder("go", "build", "-o", binary.toString(), source.toString());
        if (output(new ProcessBuilder("go", "env", "GOVERSION")).startsWith("go1.26")) {
            build.environment().put("GOEXPERIMENT", "goroutineleakprofile");
        }
        output(build);
        return binary;
    }

    static GoProgram start(Path binary) throws IOException {
        Process process = new ProcessBuilder(binary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        return new GoProgram(process, Integer.parseInt(output.readLine()));
    }

    Instance instance() {
        return new Instance(
                "target-0",
                "target-0",
                "target",
                Map.of(),
                "127.0.0.1",
                new Handle.LocalProcess(process.pid()),
                "lo",
                Map.of("admin", port));
    }

    static InetSocketAddress reach(Instance instance, int port) {
        return new InetSocketAddress(instance.address(), port);
    }

    List<Instance> running() {
        return process.isAlive() ? List.of(instance()) : List.of();
    }

    void get(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(path + ": HTTP " + connection.getResponseCode());
        }
        connection.disconnect();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.command() + ": " + output);
        }
        return output;
    }
}
