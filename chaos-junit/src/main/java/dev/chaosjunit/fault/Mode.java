// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** How many of the selected pods are hit, as in Chaos Mesh. */
public enum Mode {
    /** One pod, drawn by the seed. */
    ONE,
    /** Every pod. */
    ALL,
    /** As many pods as {@code value} says. */
    FIXED,
    /** The share of the pods that {@code value} says, at least one. */
    FIXED_PERCENT,
    /** A share drawn by the seed from 0 to what {@code value} says, at least one pod. */
    RANDOM_MAX_PERCENT
}
