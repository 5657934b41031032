// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

/**
 * The moment at which a fault closed connections of a pod, on the clock of {@link System#nanoTime()}.
 *
 * @param pod whose
 * @param connections how many, 1 or more
 */
public record Cut(String pod, long connections, long fromNanos, long toNanos) {}
