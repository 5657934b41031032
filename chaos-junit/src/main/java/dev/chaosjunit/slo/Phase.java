// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

/** When an SLO must hold. */
public enum Phase {
    /** Before the fault, and again after recovery. */
    STEADY,
    /** While the fault is on. */
    FAULT
}
