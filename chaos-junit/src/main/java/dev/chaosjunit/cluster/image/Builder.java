// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs a command that builds something: it and its children end with this JVM, however that ends. */
public final class Builder {

    private static final String SCRIPT = script();

    /** By which a shell says that there is no such command. */
    private static final int NO_SUCH_COMMAND = 127;

    private Builder() {}

    /**
     * What a command left behind.
     *
     * @param output of both kinds
     */
    public record Result(int exitCode, String output) {}

    /**
     * Run a command to its end.
     *
     * @param environment variables besides those of this JVM
     * @throws RuntimeUnavailableException when there is no such command
     */
    public static Result run(Path directory, List<String> command, Map<String, String> environment) {
        Process process = start(directory, command, environment);
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int exitCode = process.waitFor();
            if (exitCode == NO_SUCH_COMMAND) {
                throw new RuntimeUnavailableException(output.strip());
            }
            return new Result(exitCode, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while " + command.get(0) + " was building", e);
        } finally {
            end(process);
        }
    }

    /** If it has not ended: that is what its script takes the end of its input for. */
    private static void end(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it was closed
        }
    }

    static Process start(Path directory, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "chaos-junit-builder");
        builder.command().addAll(command);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command.get(0) + " in " + directory, e);
        }
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Builder.class.getResourceAsStream("builder.sh"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
