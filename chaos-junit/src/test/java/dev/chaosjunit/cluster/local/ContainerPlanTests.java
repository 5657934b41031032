// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A container's plan")
class ContainerPlanTests {

    private final ContainerPlan plan = new ContainerPlan(
            "/app",
            1000,
            100,
            ContainerPlan.DEFAULT_CAPABILITIES,
            List.of("PASSWORD=two\nlines", "EMPTY="),
            List.of("/usr/local/bin/api", "--port=80"),
            List.of(RootFile.copy(Path.of("/there/hosts"), "/etc/hosts")));

    @Test
    @DisplayName("is a file of counted words for its owner alone, also where one was left")
    void file(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("plan"), "left");

        plan.write(file);

        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.readString(file).split("\0"))
                .containsExactly(
                        ("/app 1000 100 a80425fb 2 PASSWORD=two\nlines EMPTY= 2 /usr/local/bin/api --port=80 3 copy"
                                        + " /there/hosts /etc/hosts")
                                .split(" "));
    }

    @Test
    @DisplayName("does not print its environment")
    void prints() {
        assertThat(plan).hasToString("ContainerPlan[/usr/local/bin/api]");
    }
}
