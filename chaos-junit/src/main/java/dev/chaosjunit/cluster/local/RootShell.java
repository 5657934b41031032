// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Runs commands as root.
 *
 * @param privilege what stands before each command
 */
record RootShell(List<String> privilege) {

    /** Read a shell script that lies beside this class; it is passed by value: no file of ours is run as root. */
    static String script(String name) {
        try (InputStream in = RootShell.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Start a command; its error output comes with its standard output. */
    Process start(List<String> command) {
        return start(command, builder -> builder.redirectErrorStream(true));
    }

    /** Start a command whose error output goes to a file. */
    Process start(List<String> command, Path errors) {
        return start(command, builder -> builder.redirectError(errors.toFile()));
    }

    private Process start(List<String> command, UnaryOperator<ProcessBuilder> errors) {
        List<String> whole = new ArrayList<>(privilege);
        whole.addAll(command);
        try {
            return errors.apply(new ProcessBuilder(whole)).start();
        } catch (IOException e) {
            throw new ClusterException("cannot start " + whole.get(0) + ": " + e.getMessage(), e);
        }
    }

    /** Run a command to its end with this input; anything but exit code 0 is an error that shows its output. */
    void run(String purpose, String input, List<String> command) {
        run(purpose, input.getBytes(UTF_8), command);
    }

    void run(String purpose, byte[] input, List<String> command) {
        Process process = start(command);
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new ClusterException("cannot " + purpose + " (exit code " + exitCode + "): " + output);
            }
        } catch (IOException e) {
            throw new ClusterException("cannot " + purpose + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted: cannot " + purpose, e);
        }
    }
}
