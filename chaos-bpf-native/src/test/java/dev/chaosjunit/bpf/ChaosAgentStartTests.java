// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosAgentStartTests {

    @TempDir
    Path directory;

    @Test
    @DisplayName("the agent is told the JVM's pid, and its own is known")
    void parentAndPid() throws Exception {
        try (ChaosAgent agent =
                FakeAgent.start(directory, FakeAgent.READY + "read line; echo ok args=$1,$2; read eof")) {
            Reply reply = agent.request(Request.of("hello"));

            assertThat(reply.text("args"))
                    .isEqualTo("--parent," + ProcessHandle.current().pid());
            assertThat(ProcessHandle.of(agent.pid())).isPresent();
            assertThat(agent.describe()).contains("pid " + agent.pid()).contains("fake-agent --parent");
        }
    }

    @Test
    @DisplayName("an agent that dies at once is reported with exit code and error output")
    void diesAtOnce() {
        HelperException e = startFails("echo no BPF here >&2; exit 3");

        assertThat(e)
                .hasMessageContaining("did not start")
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no BPF here");
    }

    @Test
    @DisplayName("a sudo that refuses is quoted, with what to do")
    void sudoRefuses() throws IOException {
        Path sudo = FakeAgent.script(directory, "sudo", "echo sudo: a password is required >&2; exit 1");

        HelperException e = startFails(FakeAgent.READY, sudo.toString(), "-n");

        assertThat(e)
                .hasMessageContaining("sudo -n ")
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("sudo: a password is required")
                .hasMessageContaining("Run the tests as root, or as a user who may run everything by sudo")
                .hasMessageNotContaining("allow sudo");
    }

    @Test
    @DisplayName("a program that is no agent is refused with its first line")
    void wrongProgram() {
        HelperException e = startFails("echo ready when you are; read eof");

        assertThat(e).hasMessageContaining("version=3").hasMessageContaining("ready when you are");
    }

    @Test
    @DisplayName("an agent of another version is refused with both versions, and where to have the right one")
    void anotherVersion() {
        HelperException e = startFails("echo ready version=1 pid=$$; read eof");

        assertThat(e)
                .hasMessageContaining("version 1 of the protocol")
                .hasMessageContaining("version 3")
                .hasMessageContaining("./dev agent-image");
    }

    @Test
    @DisplayName("a prefix that does not exist is named")
    void noSuchPrefix() {
        HelperException e = startFails(FakeAgent.READY, "/nowhere/sudo");

        assertThat(e).hasMessageContaining("/nowhere/sudo").hasMessageContaining("No such file");
    }

    @Test
    @DisplayName("chaos.agent must name an executable file")
    void notExecutable() throws IOException {
        Path text = Files.writeString(directory.resolve("readme"), "no program");
        System.setProperty(AgentExecutable.PROPERTY, text.toString());
        try {
            HelperException e = catchThrowableOfType(HelperException.class, () -> ChaosAgent.start(List.of()));

            assertThat(e.code()).isEqualTo(HelperException.NOT_STARTED);
            assertThat(e).hasMessageContaining("-Dchaos.agent=" + text);
        } finally {
            System.clearProperty(AgentExecutable.PROPERTY);
        }
    }

    private HelperException startFails(String script, String... prefix) {
        HelperException e =
                catchThrowableOfType(HelperException.class, () -> FakeAgent.start(directory, script, prefix));
        assertThat(e.code()).isEqualTo(HelperException.NOT_STARTED);
        return e;
    }
}
