// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
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

    public GoSite {
        if (function.isBlank()) {
            throw new IllegalArgumentException(
                    "function must name a Go function as stack traces do, such as \"main.(*Server).getUser\"");
        }
        if (!label.isEmpty() && !LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("label must have the form key=value, but is \"" + label + "\"");
        }
    }

    /** The elements {@code function}, {@code label} and {@code goroutine}. */
    public static GoSite read(Source source) {
        return source.build(() -> new GoSite(source.text("function"), source.text("label"), source.text("goroutine")));
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
