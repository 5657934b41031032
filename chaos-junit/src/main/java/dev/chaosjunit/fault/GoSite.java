// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Calls of a Go function, by whom they are made.
 *
 * @param function as stack traces name it, {@code main.(*Server).getUser}; the beginning of its package's path may be
 *     left out where what is left names one function only
 * @param label a pprof label the calling goroutine must have, {@code key=value}; empty for any
 * @param goroutine the function the calling goroutine must have been started with; empty for any
 */
public record GoSite(String function, String label, String goroutine) {
    private static final Pattern LABEL = Pattern.compile("[^=]+=.*");
    private static final String TRACE_LABEL = "trace_id";

    public GoSite {
        if (function.isBlank()) {
            throw new IllegalArgumentException(
                    "function must name a Go function as stack traces do, such as \"main.(*Server).getUser\"");
        }
        if (!label.isEmpty() && !LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("label must have the form key=value, but is \"" + label + "\"");
        }
    }

    /** The elements {@code function}, {@code label} or {@code trace}, and {@code goroutine}. */
    public static GoSite read(Source source) {
        Optional<TraceId> trace = TraceId.read(source);
        String label = source.text("label");
        return source.build(() -> new GoSite(
                source.text("function"), trace.map(id -> labelOf(id, label)).orElse(label), source.text("goroutine")));
    }

    private static String labelOf(TraceId trace, String label) {
        if (!label.isEmpty()) {
            throw new IllegalArgumentException("label and trace contradict each other: trace stands for the label "
                    + TRACE_LABEL + "=" + trace.hex() + ", and a call is chosen by one label");
        }
        return TRACE_LABEL + "=" + trace.hex();
    }

    /** Why no call may have been by a goroutine of the label, as labels that were seen tell; may be empty. */
    String hint(Told told) {
        if (label.isEmpty() || told.number("matched") > 0 || told.number("seen") == 0) {
            return "";
        }
        String key = label.substring(0, label.indexOf('='));
        long labelled = told.number("labelled");
        return labelled > 0
                ? labelled + " of these calls were by goroutines with a pprof label " + key + ", but of other values"
                : "none of these calls was by a goroutine with a pprof label " + key
                        + ": run the handler under pprof.Do" + " with that label"
                        + (key.equals(TRACE_LABEL) ? ", as chaosotel does (docs/one-trace.md)" : "");
    }

    Words words() {
        return Words.NONE.with("function", function).given("label", label).given("goroutine", goroutine);
    }

    @Override
    public String toString() {
        return function
                + (label.isEmpty() ? "" : ", goroutines labelled " + label)
                + (goroutine.isEmpty() ? "" : ", goroutines of " + goroutine);
    }
}
