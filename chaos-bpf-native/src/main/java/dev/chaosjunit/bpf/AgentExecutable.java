// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The executable of the agent: the file that the system property {@code chaos.agent} names, or a private copy of the one
 * in the jar. Close it as soon as the agent runs: a running program does not need its file, and a JVM that is killed
 * then leaves none behind.
 */
final class AgentExecutable implements AutoCloseable {

    static final String PROPERTY = "chaos.agent";

    private final Path path;
    private final boolean ours;

    private AgentExecutable(Path path, boolean ours) {
        this.path = path;
        this.ours = ours;
    }

    static AgentExecutable find() throws HelperException {
        String given = System.getProperty(PROPERTY);
        return given == null ? extract() : given(Path.of(given));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        if (ours) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                path.toFile().deleteOnExit();
            }
        }
    }

    private static AgentExecutable given(Path path) throws HelperException {
        if (!Files.isExecutable(path)) {
            throw notStarted("-D" + PROPERTY + "=" + path + " is no executable file", null);
        }
        return new AgentExecutable(path, false);
    }

    private static AgentExecutable extract() throws HelperException {
        try (InputStream in = AgentProgram.openPacked(Platform.RESOURCE_PREFIX)) {
            Path copy = Files.createTempFile(
                    "chaos-agent-",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            // the copy replaced the file, and with it the permissions
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
            return new AgentExecutable(copy, true);
        } catch (IOException e) {
            throw notStarted("The agent could not be unpacked to " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    private static HelperException notStarted(String what, @Nullable IOException cause) {
        String reason = cause == null ? "." : ": " + cause;
        return HelperException.of(HelperException.NOT_STARTED, what + reason, cause);
    }
}
