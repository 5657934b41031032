// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.Map;

/** How much memory a span takes, rather more than less: as if no string of it were shared with another span. */
final class SpanSize {
    private static final int SPAN = 200; // its record, its trace id, its two collections
    private static final int EVENT = 100;
    private static final int STRING = 48;
    private static final int ENTRY = 16; // two references, and as many empty places

    private SpanSize() {}

    static long of(Span span) {
        long size = SPAN + text(span.message()) + text(span.name()) + attributes(span.attributes());
        for (Span.Event event : span.events()) {
            size += EVENT + text(event.name()) + attributes(event.attributes());
        }
        return size;
    }

    private static long attributes(Map<String, String> attributes) {
        long size = 0;
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            size += ENTRY + text(attribute.getKey()) + text(attribute.getValue());
        }
        return size;
    }

    private static long text(String text) {
        return text.isEmpty() ? 0 : STRING + 2L * text.length();
    }
}
