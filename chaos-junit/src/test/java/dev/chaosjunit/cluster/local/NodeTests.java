// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A local node that is not made")
class NodeTests {

    @Test
    @DisplayName("tells what the machine lacks, for which AUTO may skip a test")
    void lacking() {
        RootShell withoutTools = shell("PATH=/nowhere; shift; exec /bin/sh \"$@\"");

        assertThatExceptionOfType(RuntimeUnavailableException.class)
                .isThrownBy(() -> Node.start(withoutTools))
                .withMessageContaining("the local runtime needs the missing tools:")
                .withMessageContaining("unshare (package util-linux)");
    }

    @Test
    @DisplayName("is a failure of ours for any other reason, and shows what was said")
    void failure() {
        RootShell racing = shell("echo sh: cannot create cgroup.procs: Directory nonexistent; echo more");

        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> Node.start(racing))
                .withMessageContaining("cannot create cgroup.procs: Directory nonexistent\nmore");
    }

    @Test
    @DisplayName("is a failure of ours even if nobody says why")
    void silence() {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> Node.start(shell("exit 1")))
                .withMessageContaining("its guardian ended without a word");
    }

    /** Runs this in place of the command, which is its arguments. */
    private static RootShell shell(String script) {
        return new RootShell(List.of("/bin/sh", "-c", script, "sh"));
    }
}
