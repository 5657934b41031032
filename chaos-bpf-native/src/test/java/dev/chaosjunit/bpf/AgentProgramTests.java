// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentProgramTests {

    private static final int ELF_MACHINE = 18;

    @TempDir
    Path directory;

    @AfterEach
    void clearProperty() {
        System.clearProperty(AgentExecutable.PROPERTY);
    }

    @Test
    @DisplayName("the program for this machine's architecture is in the jar")
    void packed() throws Exception {
        byte[] program = bytes(Platform.isARM() ? "arm64" : "amd64");

        assertThat(program).startsWith(0x7f, 'E', 'L', 'F');
        assertThat(ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN).getShort(ELF_MACHINE))
                .isEqualTo((short) (Platform.isARM() ? 183 : 62));
    }

    @Test
    @DisplayName("an architecture that has none is refused with those that have")
    void unknown() {
        HelperException e = refused("riscv64");

        assertThat(e)
                .hasMessageContaining("\"riscv64\"")
                .hasMessageContaining("amd64, arm64")
                .hasMessageContaining("-Dchaos.agent=PATH");
    }

    @Test
    @DisplayName("one that was not built into the jar is named")
    void notBuilt() {
        HelperException e = catchThrowableOfType(HelperException.class, () -> AgentProgram.openPacked("linux-s390x"));

        assertThat(e).hasMessageContaining("/linux-s390x/chaos-agent").hasMessageContaining("-DskipNative");
    }

    @Test
    @DisplayName("the file that chaos.agent names goes first")
    void given() throws Exception {
        Path own = Files.writeString(directory.resolve("own"), "mine");
        System.setProperty(AgentExecutable.PROPERTY, own.toString());

        assertThat(new String(bytes("amd64"), UTF_8)).isEqualTo("mine");
    }

    @Test
    @DisplayName("a file that chaos.agent names must be there")
    void givenIsMissing() {
        System.setProperty(AgentExecutable.PROPERTY, "/nowhere/agent");

        assertThat(refused("amd64")).hasMessageContaining("-Dchaos.agent=/nowhere/agent");
    }

    private static byte[] bytes(String arch) throws HelperException, IOException {
        try (InputStream in = AgentProgram.open(arch)) {
            return in.readAllBytes();
        }
    }

    private static HelperException refused(String arch) {
        HelperException e = catchThrowableOfType(HelperException.class, () -> AgentProgram.open(arch));
        assertThat(e.code()).isEqualTo(HelperException.NOT_STARTED);
        return e;
    }
}
