// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The trace that one request belongs to, as W3C Trace Context names it.
 *
 * @param hex 32 lower-case hexadecimal digits that are not all 0
 */
public record TraceId(String hex) {
    private static final Pattern ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    public TraceId {
        if (!ID.matcher(hex).matches()) {
            throw new IllegalArgumentException("trace must be a W3C trace id, 32 lower-case hexadecimal digits that are"
                    + " not all 0, such as 4bf92f3577b34da6a3ce929d0e0e4736, but is \"" + hex + "\"");
        }
    }

    /** The element {@code trace}; empty for any. */
    static Optional<TraceId> read(Source source) {
        return source.read("trace", hex -> hex.isEmpty() ? Optional.empty() : Optional.of(new TraceId(hex)));
    }
}
