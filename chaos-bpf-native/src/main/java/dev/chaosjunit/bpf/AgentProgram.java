// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of the agent's executable, for whoever brings it to another machine: a node's container, an image. It is
 * static and needs no other file.
 */
public final class AgentProgram {

    /** Kubernetes' name of an architecture, and the directory in the jar, which JNA names. */
    private static final Map<String, String> PLATFORMS =
            new TreeMap<>(Map.of("amd64", "linux-x86-64", "arm64", "linux-aarch64"));

    private AgentProgram() {}

    /**
     * Open the executable for an architecture. The file that the system property {@code chaos.agent} names goes first,
     * for whatever architecture it was built.
     *
     * @param arch {@code amd64} or {@code arm64}, as in {@code node.status.nodeInfo.architecture} and in images
     * @throws HelperException with code {@link HelperException#NOT_STARTED} if there is none
     */
    public static InputStream open(String arch) throws HelperException {
        String given = System.getProperty(AgentExecutable.PROPERTY);
        if (given != null) {
            return openGiven(Path.of(given));
        }
        return openPacked(platform(arch));
    }

    /** The directory in the jar for an architecture. */
    static String platform(String arch) throws HelperException {
        String platform = PLATFORMS.get(arch);
        if (platform == null) {
            throw none("There is no agent for the architecture \"" + arch + "\", only for "
                    + String.join(", ", PLATFORMS.keySet()));
        }
        return platform;
    }

    /** Open what the jar holds for a platform as JNA names it. */
    static InputStream openPacked(String platform) throws HelperException {
        String resource = "/" + platform + "/chaos-agent";
        InputStream in = AgentProgram.class.getResourceAsStream(resource);
        if (in == null) {
            throw none("chaos-bpf-native holds no " + resource + ": the agent runs on Linux (x86-64, aarch64) and must"
                    + " have been built (maven: without -DskipNative; another architecture: make ARCH=aarch64"
                    + " OUTPUT=target/native/linux-aarch64)");
        }
        return in;
    }

    private static InputStream openGiven(Path path) throws HelperException {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw notStarted("-D" + AgentExecutable.PROPERTY + "=" + path + " cannot be read: " + e, e);
        }
    }

    private static HelperException none(String what) {
        return notStarted(what + ". -D" + AgentExecutable.PROPERTY + "=PATH names another executable.", null);
    }

    private static HelperException notStarted(String message, @Nullable Throwable cause) {
        return HelperException.of(HelperException.NOT_STARTED, message, cause);
    }
}
