// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** Which packets of the chosen pods are meant, as in Chaos Mesh. */
public enum Direction {
    /** What the pods send. */
    TO,
    /** What the pods receive. */
    FROM,
    BOTH
}
