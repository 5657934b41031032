// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Instance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Advice about what the helper refused")
class HelperAdviceTests {

    private static final Instance POD = SampleInjections.POD;

    @Test
    @DisplayName("names the workload that a listener is missing in, and the line to add, in three lines")
    void listener() {
        assertThat(HelperAdvice.after("refused", "no_listener", POD).lines())
                .containsExactly(
                        "refused",
                        "add this line to spec.template.spec of " + POD.workload() + ", in namespace default:",
                        "  runtimeClassName: chaos-io-uring-enter # for operation SETUP: chaos-io-uring");
        assertThat(HelperAdvice.after("refused", "narrow_listener", POD).lines())
                .hasSize(3)
                .last()
                .asString()
                .contains("runtimeClassName: chaos-io-uring-enter #");
    }

    @Test
    @DisplayName("names them too where a node has no listeners at all, and where it would have")
    void keeper() {
        assertThat(HelperAdvice.after("refused", "no_keeper", POD).lines())
                .hasSize(3)
                .last()
                .asString()
                .contains("runtimeClassName: chaos-io-uring-enter #", "on the local runtime and in K3s");
    }

    @Test
    @DisplayName("says what an agent needs to see a container")
    void container() {
        assertThat(HelperAdvice.after("refused", "no_container", POD))
                .startsWith("refused: ")
                .contains("hostPID: true");
    }

    @Test
    @DisplayName("says what to do about a container's limit")
    void limits() {
        assertThat(HelperAdvice.after("refused", "over_limit", POD))
                .isEqualTo("refused. Take less, or let it be killed by oom = true");
        assertThat(HelperAdvice.after("refused", "no_limit", POD))
                .isEqualTo("refused. Give it one, in resources.limits of " + POD.workload());
    }

    @Test
    @DisplayName("is for nothing else")
    void others() {
        assertThat(HelperAdvice.after("refused", "unsupported", POD)).isEqualTo("refused");
    }
}
