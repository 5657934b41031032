// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;

/**
 * A kind of fault, as it is found: by a line with its class's name in {@code
 * META-INF/services/dev.chaosjunit.fault.FaultKind}. It needs a public constructor without parameters.
 */
public interface FaultKind {

    /** The simple name of its annotation, and what {@link Fault#name()} of its faults says. */
    String name();

    /**
     * Read a fault from what asks for it. Every element must be read.
     *
     * @throws RuntimeException as the source makes it
     */
    Fault read(Source source);
}
