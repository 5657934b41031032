// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The image of the agent")
class AgentImageTests {

    @Test
    @DisplayName("is a tar under the name of this version")
    void written(@TempDir Path directory) throws Exception {
        Path tar = AgentImage.tar(Architecture.ofThisMachine(), directory);

        assertThat(AgentImage.NAME).matches("chaos-junit/agent:[0-9.]+(-SNAPSHOT)?");
        assertThat(Files.readString(tar, ISO_8859_1))
                .contains("\"" + AgentImage.NAME + "\"", "\"Entrypoint\":[\"/chaos-agent\"]");
    }
}
