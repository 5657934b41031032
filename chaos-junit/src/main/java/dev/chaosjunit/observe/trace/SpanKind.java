// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

/** OpenTelemetry's kinds of spans, in the order of their numbers in OTLP. */
public enum SpanKind {
    /** Not said. */
    UNSPECIFIED,
    /** Work within a service. */
    INTERNAL,
    /** A request that the service answers. */
    SERVER,
    /** A request that the service sends. */
    CLIENT,
    /** A message that it sends. */
    PRODUCER,
    /** A message that it takes. */
    CONSUMER;

    /** The kind of a number in OTLP; {@link #UNSPECIFIED} for one that is not known. */
    static SpanKind of(int number) {
        return number > 0 && number < values().length ? values()[number] : UNSPECIFIED;
    }

    /** Whether it waits for another's answer, or hands over a message. */
    public boolean leaves() {
        return this == CLIENT || this == PRODUCER;
    }

    /** Whether it is where a request or a message comes into a service. */
    public boolean enters() {
        return this == SERVER || this == CONSUMER;
    }
}
