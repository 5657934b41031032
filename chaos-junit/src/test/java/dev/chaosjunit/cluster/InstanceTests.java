// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod")
class InstanceTests {
    private static final Handle CONTAINER = new Handle.Container("node-1", "0123456789abcdef".repeat(4));

    @Test
    @DisplayName("of this machine has a process of it")
    void pid() {
        assertThat(pod("u", new Handle.LocalProcess(4711)).pid()).isEqualTo(4711);
    }

    @Test
    @DisplayName("of a node has no process of this machine, and says where it is instead")
    void noPid() {
        assertThatThrownBy(pod("u", CONTAINER)::pid)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pod p-0 is container 0123456789ab on node node-1, not a process of this machine");
    }

    @Test
    @DisplayName("is another once it is replaced or has restarted")
    void same() {
        Instance pod = pod("u", CONTAINER);
        assertThat(pod.isSame(pod("u", CONTAINER))).isTrue();
        assertThat(pod.isSame(pod("v", CONTAINER))).isFalse();
        assertThat(pod.isSame(pod("u", new Handle.Container("node-1", "f")))).isFalse();
    }

    private static Instance pod(String uid, Handle handle) {
        return new Instance("p-0", uid, "p", Map.of(), "10.42.0.7", handle, "eth0", Map.of());
    }
}
