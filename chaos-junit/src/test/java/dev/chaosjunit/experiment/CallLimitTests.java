// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A limit on calls")
class CallLimitTests {

    @Test
    @DisplayName("means calls of anybody, or of one that it names")
    void means() {
        CallLimit any = new CallLimit("users", "", 1, Phase.FAULT);
        CallLimit one = new CallLimit("users", "orders", 1, Phase.FAULT);

        assertThat(any.means("gateway", "users")).isTrue();
        assertThat(any.means("users", "gateway")).isFalse();
        assertThat(one.means("orders", "users")).isTrue();
        assertThat(one.means("gateway", "users")).isFalse();
    }

    @Test
    @DisplayName("holds under the fault, or in the windows around it")
    void windows() {
        assertThat(new CallLimit("users", "", 0.5, Phase.FAULT).windows()).containsExactly(Stage.FAULT);
        assertThat(new CallLimit("users", "", 0.5, Phase.STEADY).windows())
                .containsExactly(Stage.BASELINE, Stage.RECOVERY);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    @DisplayName("is a number above 0")
    void illegal(double max) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimit("users", "", max, Phase.FAULT))
                .withMessage("max must be above 0 calls a request, but is " + max);
    }

    @Test
    @DisplayName("is of a service that it names")
    void nobody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimit(" ", "", 1, Phase.FAULT))
                .withMessage("to must name a service");
    }

    @Test
    @DisplayName("makes rules not empty, as does the wish for an id, and does not change once it is one of them")
    void rules() {
        List<CallLimit> limits = new ArrayList<>(List.of(new CallLimit("users", "", 1, Phase.FAULT)));
        TraceRules rules = new TraceRules(false, limits);
        limits.clear();

        assertThat(rules.calls()).hasSize(1);
        assertThat(rules.isEmpty()).isFalse();
        assertThat(new TraceRules(true, List.of()).isEmpty()).isFalse();
        assertThat(new TraceRules(false, List.of()).isEmpty()).isTrue();
    }
}
