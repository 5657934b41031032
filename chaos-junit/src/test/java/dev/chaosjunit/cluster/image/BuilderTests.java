// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("a builder")
class BuilderTests {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @Test
    @DisplayName("gives its exit code and what it printed, on both outputs")
    void result() {
        assertThat(run("echo out; echo $WHAT >&2; exit 3")).isEqualTo(new Builder.Result(3, "out\nerr\n"));
    }

    @Test
    @DisplayName("that is no command is said to be missing")
    void missing() {
        assertThatExceptionOfType(RuntimeUnavailableException.class)
                .isThrownBy(() -> Builder.run(HERE, List.of("no-such-builder"), Map.of()))
                .withMessageContaining("no-such-builder");
    }

    @Test
    @Timeout(30)
    @DisplayName("ends with its JVM, and what it has started does so too")
    void orphaned() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphanage.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader pids = jvm.inputReader();
        ProcessHandle builder = process(pids.readLine());
        ProcessHandle child = process(pids.readLine());

        jvm.destroyForcibly();

        builder.onExit().get(5, TimeUnit.SECONDS);
        child.onExit().get(5, TimeUnit.SECONDS);
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static Builder.Result run(String script) {
        return Builder.run(HERE, List.of("sh", "-c", script), Map.of("WHAT", "err"));
    }

    /** Builds for a minute, and waits to be killed. */
    static final class Orphanage {

        private Orphanage() {}

        public static void main(String[] args) throws IOException {
            Process builder =
                    Builder.start(HERE, List.of("sh", "-c", "echo $$; sleep 60 >/dev/null & echo $!; wait"), Map.of());
            builder.getInputStream().transferTo(System.out);
        }
    }
}
