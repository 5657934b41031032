// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.image.HostPart.User;
import dev.chaosjunit.cluster.manifest.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A container's plan")
class ContainerPlanTests {

    private final ContainerPlan plan = new ContainerPlan(
            "/app",
            new ContainerRights(new User(1000, 100), List.of(7L), 0xa80425fbL, false),
            List.of("PASSWORD=two\nlines", "EMPTY="),
            List.of("/usr/local/bin/api", "--port=80"),
            List.of(RootFile.copy(Path.of("/there/hosts"), "/etc/hosts")),
            List.of(new VolumeFile(Path.of("/node/v/a"), 0644, Optional.empty(), Content.of("A"))),
            List.of(new VolumeView(Path.of("/node/v"), Optional.of(7L), "a", Path.of("/etc/a"), true)),
            List.of("/cgroup/pids.max", "10"));

    @Test
    @DisplayName("is a file of counted words for its owner alone, also where one was left")
    void file(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("plan"), "left");

        plan.write(file);

        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(Files.readString(file).split("\0"))
                .containsExactly(
                        ("/app 1000 100 1 7 a80425fb 0 2 PASSWORD=two\nlines EMPTY= 2 /usr/local/bin/api --port=80 3"
                                        + " copy /there/hosts /etc/hosts 4 /node/v/a 644 -1 41 5 /node/v 7 a /etc/a ro"
                                        + " 2 /cgroup/pids.max 10")
                                .split(" "));
    }

    @Test
    @DisplayName("does not print its environment")
    void prints() {
        assertThat(plan).hasToString("ContainerPlan[/usr/local/bin/api]");
    }
}
