// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The word of Chaos Mesh")
class ChaosWitnessTests {
    private static final String STATUS = """
            {"status": {"experiment": {"containerRecords": [
              {"id": "shop/a-0/main", "selectorKey": ".", "phase": "Injected", "injectedCount": 1},
              {"id": "shop/a-1/main", "selectorKey": ".", "phase": "Not Injected", "injectedCount": 0,
                "events": [{"message": "container is gone"}]},
              {"id": "shop/b-0", "selectorKey": ".Target", "phase": "Injected", "injectedCount": 1}]}}}""";

    @Test
    @DisplayName("is one result a pod that the fault is done to, none of them with numbers")
    void pods() throws JsonProcessingException {
        List<FaultResult> results = ChaosWitness.of(
                Faults.dns(DnsAction.SERVFAIL, "b"),
                new ChaosStatus(JsonMapper.builder().build().readTree(STATUS)));

        assertThat(results).extracting(FaultResult::instance).containsExactly("a-0", "a-1");
        assertThat(results).extracting(FaultResult::witness).containsExactly(Outcome.PASSED, Outcome.INCONCLUSIVE);
        assertThat(results).extracting(FaultResult::counters).containsOnlyNulls();
        assertThat(results)
                .extracting(FaultResult::detail)
                .containsExactly(
                        "Chaos Mesh: injected 1 of 2; packets were not counted; programs notice when they next read"
                                + " /etc/resolv.conf, those in Go within 5 s",
                        "Chaos Mesh: injected 1 of 2, record shop/a-1/main (Not Injected): container is gone; packets were"
                                + " not counted; programs notice when they next read /etc/resolv.conf, those in Go within 5 s");
    }

    @Test
    @DisplayName("is that nothing was hit, where there is no pod: no results at all would pass")
    void noPod() {
        assertThat(ChaosWitness.of(Faults.delay(), null)).singleElement().satisfies(result -> {
            assertThat(result.instance()).isEqualTo("no pod");
            assertThat(result.witness()).isEqualTo(Outcome.INCONCLUSIVE);
        });
    }
}
