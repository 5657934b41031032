// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of several runtimes")
class AttemptsTests {
    private static final Cluster CLUSTER = new FixedCluster(List.of(), List.of());

    @Test
    @DisplayName("the first that can be had is taken, and none after it is tried")
    void first() {
        assertThat(new Attempts()
                        .then("k3s", () -> refuse("no Docker"))
                        .then("local", () -> CLUSTER)
                        .then("other", () -> fail("tried"))
                        .orRefuse())
                .isSameAs(CLUSTER);
    }

    @Test
    @DisplayName("the refusal of all lists what was said against each")
    void none() {
        Attempts attempts =
                new Attempts().then("k3s", () -> refuse("no Docker")).then("local", () -> refuse("not root"));

        assertThatThrownBy(attempts::orRefuse)
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessage("no runtime can be had here.\nk3s: no Docker\nlocal: not root");
    }

    @Test
    @DisplayName("one whose services are at fault is the last that is tried: they are at fault everywhere")
    void atFault() {
        assertThatThrownBy(() -> new Attempts().then("k3s", () -> {
                    throw new ClusterException("does not compile");
                }))
                .isInstanceOf(ClusterException.class);
    }

    private static Cluster refuse(String why) {
        throw new RuntimeUnavailableException(why);
    }
}
