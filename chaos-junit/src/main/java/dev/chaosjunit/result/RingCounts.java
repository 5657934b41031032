// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/**
 * Operations of io_uring that were to be late, by a listener.
 *
 * @param taken out of their ring, so that each was late by itself
 * @param held together with the call that submitted them, and so with all of their ring
 */
public record RingCounts(long taken, long held) {}
