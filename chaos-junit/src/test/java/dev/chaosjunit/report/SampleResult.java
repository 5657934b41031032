// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Touched;
import dev.chaosjunit.result.Window;
import java.time.Instant;
import java.util.List;

/** A result, of which a test says what matters to it: the rest is of a short run that passed, and of which nothing is known. */
final class SampleResult {
    private final String id;
    private String title;
    private Outcome outcome = Outcome.PASSED;
    private String summary = "Fine.";
    private Instant started = Instant.EPOCH;
    private String cluster = "local";
    private String kernel = "6.18";
    private long seed = 1;
    private List<Window> windows = List.of();
    private List<LoadResult> loads = List.of();
    private List<SloResult> slos = List.of();
    private List<FaultResult> faults = List.of();
    private List<Touched> touched = List.of();
    private List<GoroutineResult> goroutines = List.of();
    private List<String> notes = List.of();

    SampleResult(String id) {
        this.id = id;
        this.title = id;
    }

    /** Another one under its own id. */
    static SampleResult like(ExperimentResult other, String id) {
        return new SampleResult(id)
                .title(other.title())
                .outcome(other.outcome(), other.summary())
                .started(other.started())
                .on(other.cluster(), other.kernel())
                .seed(other.seed())
                .windows(other.windows())
                .loads(other.loads())
                .slos(other.slos())
                .faults(other.faults())
                .touched(other.touched())
                .goroutines(other.goroutines())
                .notes(other.notes());
    }

    SampleResult title(String text) {
        title = text;
        return this;
    }

    SampleResult outcome(Outcome found, String why) {
        outcome = found;
        summary = why;
        return this;
    }

    SampleResult started(Instant at) {
        started = at;
        return this;
    }

    SampleResult on(String where, String release) {
        cluster = where;
        kernel = release;
        return this;
    }

    SampleResult seed(long number) {
        seed = number;
        return this;
    }

    SampleResult windows(List<Window> all) {
        windows = all;
        return this;
    }

    SampleResult loads(List<LoadResult> all) {
        loads = all;
        return this;
    }

    SampleResult slos(List<SloResult> all) {
        slos = all;
        return this;
    }

    SampleResult faults(List<FaultResult> all) {
        faults = all;
        return this;
    }

    SampleResult touched(List<Touched> all) {
        touched = all;
        return this;
    }

    SampleResult goroutines(List<GoroutineResult> all) {
        goroutines = all;
        return this;
    }

    SampleResult notes(List<String> lines) {
        notes = lines;
        return this;
    }

    ExperimentResult build() {
        return new ExperimentResult(
                id,
                title,
                outcome,
                summary,
                started,
                cluster,
                kernel,
                seed,
                windows,
                loads,
                slos,
                faults,
                touched,
                goroutines,
                notes);
    }
}
