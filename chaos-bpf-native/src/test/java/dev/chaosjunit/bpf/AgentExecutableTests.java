// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AgentExecutableTests {

    private static final int STARTERS = 4;
    private static final int STARTS = 25;

    @TempDir
    Path directory;

    @Test
    @DisplayName("the executable is unpacked for its owner only, and removed by close()")
    void unpacked() throws Exception {
        Path path;
        try (AgentExecutable executable = AgentExecutable.find()) {
            path = executable.path();
            assertThat(path).isExecutable();
            assertThat(permissions(path)).isEqualTo("rwx------");
            assertThat(permissions(path.resolveSibling("."))).isEqualTo("rwx------");
        }
        assertThat(path.resolveSibling(".")).doesNotExist();
    }

    @Test
    @Timeout(60)
    @DisplayName("threads that unpack and start it are not disturbed by others that start children")
    void whileOthersFork() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Boolean>> forking = submit(threads, () -> {
                while (!done.get()) {
                    new ProcessBuilder("true").start().waitFor();
                }
                return true;
            });
            List<Future<Boolean>> starting = submit(threads, () -> {
                for (int i = 0; i < STARTS; i++) {
                    startOnce();
                }
                return true;
            });
            for (Future<Boolean> starter : starting) {
                assertThat(starter.get()).isTrue();
            }
            done.set(true);
            for (Future<Boolean> forker : forking) {
                assertThat(forker.get()).isTrue();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    @Test
    @DisplayName("a program that is still open for writing is started as soon as it is not")
    void busyForAMoment() throws Exception {
        Path program = FakeAgent.script(directory, "late", "echo started");
        OutputStream open = Files.newOutputStream(program, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> new ProcessBuilder(program.toString()).start()).hasMessageContaining("Text file busy");
        Thread closer = new Thread(() -> close(open));
        closer.start();

        assertThat(BusyFile.start(new ProcessBuilder(program.toString()))
                        .inputReader()
                        .readLine())
                .isEqualTo("started");
        closer.join();
    }

    private static void close(OutputStream file) {
        try (file) {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Not by what tries again. */
    private static void startOnce() throws Exception {
        try (AgentExecutable executable = AgentExecutable.find()) {
            Process agent = new ProcessBuilder(executable.path().toString()).start();
            agent.getOutputStream().close();
            assertThat(agent.waitFor()).isZero();
        }
    }

    private static List<Future<Boolean>> submit(ExecutorService threads, Callable<Boolean> task) {
        List<Future<Boolean>> futures = new ArrayList<>();
        for (int i = 0; i < STARTERS; i++) {
            futures.add(threads.submit(task));
        }
        return futures;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
