// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

/** What requests carry so that they can be followed through services. A header that a load has itself stays as it is. */
public enum Following {
    /** Nothing. */
    NOT,
    /** The {@link ChaosMark} while a fault is on. */
    MARKED,
    /** That, and each a trace of its own, sampled. */
    TRACED
}
