// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a fault in a process did beyond what was asked for")
class SideEffectTests {
    private static final Selection ALL = new Selection(Selector.parse("app=a"), Mode.ALL, "");
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Latency LATE = new Latency(Duration.ofMillis(50));
    private static final Fault HELD = new GoDelay(ALL, WINDOW, new GoSite("main.f", "", ""), LATE, Calls.ALL);
    private static final Fault RING = new IoUringFault(
            ALL, WINDOW, IoUringOperation.READ, IoUringAction.DELAY, Optional.empty(), Optional.of(LATE), Calls.ALL);

    @Test
    @DisplayName("is nothing where goroutines were held and not their threads")
    void nothing() {
        assertThat(HELD.sideEffect(new Told(Map.of("sched_hist", "4:98")), "a-0", WINDOW))
                .isEmpty();
        assertThat(new GoPanic(ALL, WINDOW, new GoSite("main.f", "", ""), Calls.ALL)
                        .sideEffect(spun(WINDOW.toMillis(), "4:1"), "a-0", WINDOW))
                .isEmpty();
    }

    @Test
    @DisplayName("is that processors were held for more than 1 % of the time, and why it was so")
    void noneLeft() {
        Map<String, String> values = new HashMap<>(spun(55, "4:1").values());
        values.put("refused", "tracer: no frame");

        assertThat(HELD.sideEffect(new Told(values), "a-0", WINDOW))
                .contains(new SideEffect(
                        "Calls were held by spinning in a-0, which keeps a processor of the service for as long: latencies"
                                + " are those of the fault's means as well. Why: not by tracer: no frame.",
                        "held calls kept all 2 processors of a-0 for 2 % of its time",
                        null));
    }

    @Test
    @DisplayName("is never more than all of the time, and nothing of no time")
    void share() {
        assertThat(spinning(6000, "4:1", WINDOW).cause()).endsWith("for 100 % of its time");
        assertThat(spinning(1, "4:1", Duration.ZERO).belowMs()).isNotNull();
    }

    @Test
    @DisplayName("is else how long goroutines waited at p99 for a processor, beside what was asked for")
    void waited() {
        SideEffect seldom = spinning(50, "4:90,8:9,30000:1", WINDOW);
        assertThat(seldom.cause()).isEqualTo("goroutines of a-0 waited 0.0 ms at p99 for a processor");
        assertThat(seldom.belowMs()).isEqualTo(50.008);
        assertThat(spinning(0, "4:98,30000:2", WINDOW).belowMs()).isEqualTo(80);
        assertThat(spinning(0, "", WINDOW).belowMs()).isEqualTo(50);
    }

    @Test
    @DisplayName("is that the time of a processor was not told, so that only the delay itself explains a latency")
    void untold() {
        Told told = new Told(Map.of("none_left_us", "0", "processors", "2", "unfit", "0"));

        assertThat(HELD.sideEffect(told, "a-0", WINDOW))
                .hasValueSatisfying(effect -> assertThat(effect.belowMs()).isEqualTo(50));
    }

    @Test
    @DisplayName("is that a ring was held with the operation that was to be late")
    void rings() {
        assertThat(RING.sideEffect(new Told(Map.of("taken", "97", "held", "3")), "a-0", WINDOW))
                .hasValueSatisfying(effect -> {
                    assertThat(effect.sentence())
                            .startsWith(
                                    "Rings were held in a-0, with all that is in them, not only what was to be late:"
                                            + " by 3 of 100 operations of io_uring read delayed 50ms");
                    assertThat(effect.cause()).isEqualTo("rings of a-0 were held by 3 of 100 operations");
                    assertThat(effect.belowMs()).isNull();
                });
        assertThat(RING.sideEffect(new Told(Map.of("taken", "97", "held", "0")), "a-0", WINDOW))
                .isEmpty();
        assertThat(RING.sideEffect(new Told(Map.of()), "a-0", WINDOW)).isEmpty();
    }

    private static SideEffect spinning(long noneLeftMs, String waits, Duration on) {
        return HELD.sideEffect(spun(noneLeftMs, waits), "a-0", on).orElseThrow();
    }

    private static Told spun(long noneLeftMs, String waits) {
        return new Told(
                Map.of("processors", "2", "none_left_us", noneLeftMs * 1000 + "", "sched_hist", waits, "unfit", "0"));
    }
}
