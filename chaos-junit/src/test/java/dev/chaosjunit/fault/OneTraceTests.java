// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fault in calls for one trace")
class OneTraceTests {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String LABEL = "trace_id=" + TRACE;
    private static final Fault PANIC = new GoPanic.Kind()
            .read(Texts.onAll(
                    "1s",
                    Map.of(
                            "function", List.of("main.f"),
                            "label", List.of(""),
                            "trace", List.of(TRACE),
                            "goroutine", List.of(""),
                            "probability", List.of("100%"),
                            "after", List.of("0"),
                            "count", List.of("0"),
                            "minTouched", List.of(""))));

    @Test
    @DisplayName("is one in those of goroutines labelled with it")
    void labelled() {
        assertThat(PANIC.words(new Place(Optional.empty())).values()).containsEntry("label", LABEL);
        assertThat(PANIC.describe())
                .isEqualTo("panic in main.f, goroutines labelled " + LABEL + ", 1s, on app=a (all)");
    }

    @Test
    @DisplayName("says what to do where no goroutine had such a label")
    void unlabelled() {
        assertThat(PANIC.hint(counted(40, 0, 0)))
                .isEqualTo("none of these calls was by a goroutine with a pprof label trace_id: run the handler under"
                        + " pprof.Do with that label, as chaosotel does (docs/one-trace.md)");
        assertThat(hint("tenant=a", counted(40, 0, 0)))
                .isEqualTo("none of these calls was by a goroutine with a pprof label tenant: run the handler under"
                        + " pprof.Do with that label");
    }

    @Test
    @DisplayName("says that it met other traces only, where it did")
    void others() {
        assertThat(PANIC.hint(counted(40, 0, 39)))
                .isEqualTo("39 of these calls were by goroutines with a pprof label trace_id, but of other values");
    }

    @Test
    @DisplayName("has nothing to say where there were no calls, some matched, or any goroutine was meant")
    void silent() {
        assertThat(PANIC.hint(counted(0, 0, 0))).isEmpty();
        assertThat(PANIC.hint(counted(40, 1, 1))).isEmpty();
        assertThat(hint("", counted(40, 0, 0))).isEmpty();
    }

    private static String hint(String label, Told told) {
        Selection all = new Selection(Selector.parse("app=a"), Mode.ALL, "");
        Latency late = new Latency(Duration.ofMillis(1));
        return new GoDelay(all, Duration.ofSeconds(1), new GoSite("main.f", label, ""), late, Calls.ALL).hint(told);
    }

    private static Told counted(long seen, long matched, long labelled) {
        return new Told(Map.of("seen", seen + "", "matched", matched + "", "labelled", labelled + ""));
    }
}
