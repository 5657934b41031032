// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/**
 * A stretch of the experiment.
 *
 * @param stage {@link Stage#BASELINE}, {@link Stage#FAULT} or {@link Stage#RECOVERY}
 * @param startMs from the experiment's start, milliseconds
 * @param endMs from the experiment's start, milliseconds
 */
public record Window(Stage stage, double startMs, double endMs) {}
