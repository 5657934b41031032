// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One experiment, from start to verdict.
 *
 * @param id unique and fit for a file name: {@code UserApiChaosIT.breakerAnswers}
 * @param title the test's display name
 * @param outcome the verdict
 * @param summary the verdict in a sentence or a few, as the failure message has it
 * @param started wall-clock start
 * @param cluster where it ran, as the cluster describes itself
 * @param kernel kernel release
 * @param seed of all randomness; giving it again replays the run
 * @param windows in order
 * @param loads one per load
 * @param slos one per objective, load and window
 * @param faults one per fault and instance
 * @param periods one per fault that came to be on, mutated tokens among them
 * @param touched one per fault that was counted
 * @param tokens one per load and mutation
 * @param goroutines one per instance watched
 * @param traces null where none were collected
 * @param profiles null where none were asked for
 * @param logLines what pods printed of a failed request, in the order of time; empty where the experiment passed
 * @param leftOut what the manifests say and the services do not have
 * @param notes what else a reader should know
 */
public record ExperimentResult(
        String id,
        String title,
        Outcome outcome,
        String summary,
        Instant started,
        String cluster,
        String kernel,
        long seed,
        List<Window> windows,
        List<LoadResult> loads,
        List<SloResult> slos,
        List<FaultResult> faults,
        List<FaultPeriod> periods,
        List<Touched> touched,
        List<TokenResult> tokens,
        List<GoroutineResult> goroutines,
        @Nullable TraceResult traces,
        @Nullable ProfileResult profiles,
        List<LogLine> logLines,
        LeftOut leftOut,
        List<String> notes) {

    /** Begin one; what is not said further is empty, and nothing is decided. */
    public static Builder of(String id, String title) {
        return new Builder(id, title);
    }

    /** Begin one that is like this under another id and title. */
    public Builder like(String otherId, String otherTitle) {
        return of(otherId, otherTitle)
                .outcome(outcome, summary)
                .started(started)
                .on(cluster, kernel)
                .seed(seed)
                .windows(windows)
                .loads(loads)
                .slos(slos)
                .faults(faults)
                .periods(periods)
                .touched(touched)
                .tokens(tokens)
                .goroutines(goroutines)
                .traces(traces)
                .profiles(profiles)
                .logLines(logLines)
                .leftOut(leftOut)
                .notes(notes);
    }

    /** Parts of a result, each by the name that it has there. */
    public static final class Builder {
        private final String id;
        private final String title;
        private Outcome outcome = Outcome.INCONCLUSIVE;
        private String summary = "";
        private Instant started = Instant.EPOCH;
        private String cluster = "";
        private String kernel = "";
        private long seed;
        private List<Window> windows = List.of();
        private List<LoadResult> loads = List.of();
        private List<SloResult> slos = List.of();
        private List<FaultResult> faults = List.of();
        private List<FaultPeriod> periods = List.of();
        private List<Touched> touched = List.of();
        private List<TokenResult> tokens = List.of();
        private List<GoroutineResult> goroutines = List.of();
        private @Nullable TraceResult traces;
        private @Nullable ProfileResult profiles;
        private List<LogLine> logLines = List.of();
        private LeftOut leftOut = LeftOut.NOTHING;
        private List<String> notes = List.of();

        private Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        public Builder outcome(Outcome found, String why) {
            this.outcome = found;
            this.summary = why;
            return this;
        }

        public Builder started(Instant value) {
            this.started = value;
            return this;
        }

        public Builder on(String where, String release) {
            this.cluster = where;
            this.kernel = release;
            return this;
        }

        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        public Builder windows(List<Window> value) {
            this.windows = value;
            return this;
        }

        public Builder loads(List<LoadResult> value) {
            this.loads = value;
            return this;
        }

        public Builder slos(List<SloResult> value) {
            this.slos = value;
            return this;
        }

        public Builder faults(List<FaultResult> value) {
            this.faults = value;
            return this;
        }

        public Builder periods(List<FaultPeriod> value) {
            this.periods = value;
            return this;
        }

        public Builder touched(List<Touched> value) {
            this.touched = value;
            return this;
        }

        public Builder tokens(List<TokenResult> value) {
            this.tokens = value;
            return this;
        }

        public Builder goroutines(List<GoroutineResult> value) {
            this.goroutines = value;
            return this;
        }

        public Builder traces(@Nullable TraceResult value) {
            this.traces = value;
            return this;
        }

        public Builder profiles(@Nullable ProfileResult value) {
            this.profiles = value;
            return this;
        }

        public Builder logLines(List<LogLine> value) {
            this.logLines = value;
            return this;
        }

        public Builder leftOut(LeftOut value) {
            this.leftOut = value;
            return this;
        }

        public Builder notes(List<String> value) {
            this.notes = value;
            return this;
        }

        public ExperimentResult build() {
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
                    periods,
                    touched,
                    tokens,
                    goroutines,
                    traces,
                    profiles,
                    logLines,
                    leftOut,
                    notes);
        }
    }
}
