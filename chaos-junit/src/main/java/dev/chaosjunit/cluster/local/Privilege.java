// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this JVM may act as root: it is root, or sudo lets it without a password. */
final class Privilege {

    private static final List<String> SUDO = List.of("sudo", "-n");

    private Privilege() {}

    /**
     * Find what must stand before a command that needs root.
     *
     * @throws RuntimeUnavailableException listing what was tried
     */
    static List<String> find() {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            throw new RuntimeUnavailableException("the local runtime needs the namespaces of Linux; this is "
                    + System.getProperty("os.name") + ". Run with chaos.runtime=k3s");
        }
        return find(id("uid"), SUDO);
    }

    static List<String> find(int uid, List<String> sudo) {
        if (uid == 0) {
            return List.of();
        }
        List<String> attempt = new ArrayList<>(sudo);
        attempt.add("true");
        String refusal = refusal(attempt);
        if (refusal.isEmpty()) {
            return sudo;
        }
        throw new RuntimeUnavailableException("the local runtime makes network namespaces, for which it must be root:"
                + "\n  as root: this JVM runs as user " + uid
                + "\n  " + String.join(" ", attempt) + ": " + refusal
                + "\nrun as root, or allow this user sudo without a password, for all commands: the local runtime is"
                + " root's, and a rule for some of them would be no smaller right");
    }

    /** The user ({@code uid}) or group ({@code gid}) that this JVM runs as. */
    static int id(String attribute) {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:" + attribute);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell who runs this JVM", e);
        }
    }

    /** Why a command fails; empty when it does not. */
    private static String refusal(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            int exitCode = process.waitFor();
            return exitCode == 0 ? "" : output + " (exit code " + exitCode + ")";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while asking sudo", e);
        }
    }
}
