// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The headers of a load's requests: the mark of a fault, a trace, and over these the load's own. */
final class Carried {
    private final LoadSpec spec;
    private final TraceIds traces;
    private final Marking marking = new Marking();

    Carried(LoadSpec spec, TraceIds traces) {
        this.spec = spec;
        this.traces = traces;
    }

    /** Have what is due from now on carry a mark, or none. */
    void mark(Optional<ChaosMark> wanted) {
        if (spec.following() != Following.NOT) {
            marking.set(wanted.map(ChaosMark::headers).orElse(Map.of()), System.nanoTime());
        }
    }

    /** Those of the request of a number that was due at a moment. */
    Map<String, String> by(int number, long plannedNanos) {
        Map<String, String> headers = new LinkedHashMap<>(marking.at(plannedNanos));
        if (spec.following() == Following.TRACED) {
            headers.put(TraceIds.HEADER, traces.parent(number));
        }
        headers.keySet().removeIf(name -> spec.headers().keySet().stream().anyMatch(name::equalsIgnoreCase));
        headers.putAll(spec.headers());
        return headers;
    }
}
