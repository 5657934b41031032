// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A request or message of one service to another.
 *
 * @param from who sends
 * @param to who answers, or an address where no answering service was seen
 * @param trace of which request
 * @param span the sender's, else the answerer's where the sender's own was not told
 */
record Call(String from, String to, TraceId trace, Span span) {

    /** Those of traces, in order of start within each. */
    static List<Call> in(Collection<Trace> traces) {
        Peers peers = new Peers(traces);
        List<Call> calls = new ArrayList<>();
        for (Trace trace : traces) {
            for (Span span : trace.spans()) {
                if (span.kind().leaves()) {
                    calls.add(new Call(span.service(), peers.of(trace, span), trace.id(), span));
                } else if (span.kind().enters()) {
                    withoutOwnSpan(trace, span).ifPresent(calls::add);
                }
            }
        }
        return calls;
    }

    /** A server span right below another service's span that is no client's. */
    private static Optional<Call> withoutOwnSpan(Trace trace, Span server) {
        return trace.parent(server)
                .filter(parent -> !parent.kind().leaves() && !parent.service().equals(server.service()))
                .map(parent -> new Call(parent.service(), server.service(), trace.id(), server));
    }
}
