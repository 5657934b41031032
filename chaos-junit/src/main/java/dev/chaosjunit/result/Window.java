// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/**
 * A stretch of the experiment.
 *
 * @param name {@code baseline}, {@code fault} or {@code recovery}
 * @param startMs from the experiment's start, milliseconds
 * @param endMs from the experiment's start, milliseconds
 */
public record Window(String name, double startMs, double endMs) {}
