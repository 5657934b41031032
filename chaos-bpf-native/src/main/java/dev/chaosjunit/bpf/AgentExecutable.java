// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The executable of the agent: the file that the system property {@code chaos.agent} names, or a private copy of the one
 * in the jar. Close it as soon as the agent runs: a running program does not need its file, and a JVM that is killed
 * then leaves none behind.
 */
final class AgentExecutable implements AutoCloseable {

    static final String PROPERTY = "chaos.agent";

    /** Of a process that has closed its output. */
    private static final Duration END = Duration.ofSeconds(10);

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
                Files.deleteIfExists(Objects.requireNonNull(path.getParent()));
            } catch (IOException e) {
                // as this JVM ends, then
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
            byte[] program = in.readAllBytes();
            Path directory = Files.createTempDirectory("chaos-agent-"); // for its owner only
            AgentExecutable executable = new AgentExecutable(directory.resolve("chaos-agent"), true);
            directory.toFile().deleteOnExit();
            executable.path.toFile().deleteOnExit(); // before the directory: the last to be named goes first
            write(program, executable.path);
            return executable;
        } catch (IOException e) {
            throw notStarted("The agent could not be unpacked to " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    /**
     * By a process of its own: a descriptor of this JVM is for a moment also one of whatever child another thread starts,
     * and the kernel runs no file that anybody has open for writing (ETXTBSY).
     */
    private static void write(byte[] program, Path file) throws IOException {
        Process writer = new ProcessBuilder("sh", "-c", "cat >\"$0\" && chmod 700 \"$0\"", file.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream out = writer.getOutputStream()) {
            out.write(program);
        } catch (IOException e) {
            // it has ended, and says why
        }
        String said = new String(writer.getInputStream().readAllBytes(), UTF_8).strip();
        boolean ended = Uninterruptibly.await(END, nanos -> writer.waitFor(nanos, TimeUnit.NANOSECONDS));
        if (!ended || writer.exitValue() != 0) {
            throw new IOException(said);
        }
    }

    private static HelperException notStarted(String what, @Nullable IOException cause) {
        String reason = cause == null ? "." : ": " + cause;
        return HelperException.of(HelperException.NOT_STARTED, what + reason, cause);
    }
}
