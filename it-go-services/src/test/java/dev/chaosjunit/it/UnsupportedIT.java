// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.bpf.AgentProgram;
import dev.chaosjunit.cluster.image.Architecture;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Where the kernel lacks what a fault needs, the test")
class UnsupportedIT {
    /** Speaks the helper's protocol on a kernel that lets no program onto a device; what makes pods is the real one. */
    private static final String AGENT = """
            #!/bin/sh
            if [ "$1" = contain ]; then exec REAL "$@"; fi
            echo "ready version=3 pid=$$"
            while read -r verb rest; do
              case $verb in
                attach) echo "error code=unsupported errno=EINVAL msg=no%20program%20can%20go%20on%20a%20device%20here" ;;
                *) echo ok ;;
              esac
            done
            """;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("is skipped on a developer's desk where nobody named a runtime, and says what was tried")
    void skipped() throws Exception {
        assertThat(run("-Dchaos.runtime=auto", "-Dchaos.k3s.image=not-here"))
                .contains("no program can go on a device here (EINVAL)")
                .contains("Skipped; set chaos.require=true to fail instead")
                .contains("1 tests aborted");
    }

    @Test
    @DisplayName("fails where the runtime was named")
    void named() throws Exception {
        assertThat(run("-Dchaos.runtime=local"))
                .contains("no program can go on a device here (EINVAL)")
                .contains("1 tests failed");
    }

    private String run(String... options) throws Exception {
        Path real = directory.resolve("real-agent");
        try (InputStream program = AgentProgram.open(Architecture.ofThisMachine())) {
            Files.copy(program, real);
        }
        Path agent = Files.writeString(directory.resolve("chaos-agent"), AGENT.replace("REAL", real.toString()));
        assertThat(real.toFile().setExecutable(true)).isTrue();
        assertThat(agent.toFile().setExecutable(true)).isTrue();
        String[] all = Stream.concat(Stream.of("-Dchaos.agent=" + agent), Arrays.stream(options))
                .toArray(String[]::new);
        return ChildJvm.start(TestCase.class, all).output(Duration.ofMinutes(2));
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class TestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "10ms", duration = "1s")
        void test() {
            throw new AssertionError("must not run");
        }
    }
}
