// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What it means for an experiment when pods went on over connections that are older than a fault on names. */
public enum Escape {
    /** The fault was not there for them, so nothing is decided. */
    INCONCLUSIVE,
    /** It is meant: that kept connections outlive the names is what the test wants to see. */
    ALLOWED
}
