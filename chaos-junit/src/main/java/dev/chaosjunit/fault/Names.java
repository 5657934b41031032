// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;

/**
 * The names that a fault is about.
 *
 * @param patterns exact names, {@code *.suffix} for every name below the suffix, {@code beginning*}; 1 to 64
 * @param escape what packets over connections older than the fault mean
 */
public record Names(List<String> patterns, Escape escape) {
    private static final int MOST_PATTERNS = 64;

    public Names {
        if (patterns.isEmpty() || patterns.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException("patterns must hold 1 to " + MOST_PATTERNS + " names");
        }
        patterns.forEach(DomainPattern::check);
        patterns = List.copyOf(patterns);
    }

    /** The elements {@code patterns} and {@code escape}. */
    public static Names read(Source source) {
        Escape escape = source.choice("escape", Escape.class);
        return source.build(() -> new Names(source.texts("patterns"), escape));
    }

    /** Whether one of the patterns means a name. */
    public boolean means(String name) {
        return patterns.stream().anyMatch(pattern -> DomainPattern.means(pattern, name));
    }
}
