// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A shell script in the place of the agent. */
final class FakeAgent {

    static final String READY = "echo ready version=3 pid=$$\n";

    private FakeAgent() {}

    static ChaosAgent start(Path directory, String script, String... prefix) throws IOException, HelperException {
        Path file = script(directory, "fake-agent", script);
        System.setProperty(AgentExecutable.PROPERTY, file.toString());
        try {
            return ChaosAgent.start(List.of(prefix));
        } finally {
            System.clearProperty(AgentExecutable.PROPERTY);
        }
    }

    static Path script(Path directory, String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }
}
