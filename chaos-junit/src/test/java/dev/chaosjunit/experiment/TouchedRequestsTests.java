// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoPanic;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Touched;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of the requests of the load")
class TouchedRequestsTests {

    @Test
    @DisplayName("a fault touched about as many as it hit, over all of its pods and no others")
    void allPods() {
        Fault fault = panic(0);
        Touched touched = touched(fault, 400, pod(fault, "a", 10), pod(fault, "b", 6));

        assertThat(touched.describe()).isEqualTo("about 16 of 400 requests (4.0 %), by 16 calls");
        assertThat(touched.share()).isEqualTo(0.04);
        assertThat(touched.outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("nobody knows how many a fault touched that hit more often than requests were sent")
    void any() {
        Fault fault = panic(1);
        Touched touched = touched(fault, 400, pod(fault, "a", 1200));

        assertThat(touched.describe()).isEqualTo("any number of the 400 requests, by 1,200 calls");
        assertThat(touched.share()).isEqualTo(1);
        assertThat(touched.outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("fewer than minTouched make it inconclusive, as many do not")
    void minTouched() {
        Fault fault = panic(0.25);

        assertThat(touched(fault, 400, pod(fault, "a", 99)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(touched(fault, 400, pod(fault, "a", 100)).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("nothing is said where nothing was counted")
    void notCounted() {
        Fault fault = panic(0);

        assertThat(TouchedRequests.of(List.of(new FaultWitness(fault, List.of(pod(fault, "a", null)))), any -> 400))
                .isEmpty();
    }

    @Test
    @DisplayName("the connections are told that they were on, where those of all pods are counted")
    void connections() {
        Fault fault = panic(0);

        assertThat(touched(fault, 400, on(fault, 3L), on(fault, 4L)).describe())
                .endsWith("by 20 calls on 7 connections");
        assertThat(touched(fault, 400, on(fault, 3L), on(fault, null)).describe())
                .endsWith("by 20 calls");
    }

    private static FaultResult on(Fault fault, @Nullable Long connections) {
        return FaultResult.of(fault.describe(), "a", Unit.CALL)
                .counters(new Counters(10, 10, 10, 0, 0, connections, 10))
                .build();
    }

    private static Touched touched(Fault fault, long requests, FaultResult... pods) {
        return TouchedRequests.of(List.of(new FaultWitness(fault, List.of(pods))), any -> requests)
                .get(0);
    }

    private static Fault panic(double minTouched) {
        return new GoPanic(
                new Selection(Selector.parse("app=a"), Mode.ALL, ""),
                Duration.ofSeconds(minTouched == 0.5 ? 2 : 1),
                new GoSite("main.f", "", ""),
                new Calls(new Percent(1), 0, 0, new Percent(minTouched)));
    }

    private static FaultResult pod(Fault fault, String name, @Nullable Integer hits) {
        Counters counters = hits == null ? null : new Counters(hits, hits, hits, 0, 0);
        return FaultResult.of(fault.describe(), name, Unit.CALL)
                .mechanism("uprobe")
                .counters(counters)
                .witness(Outcome.PASSED)
                .build();
    }
}
