// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/**
 * How long one fault was on.
 *
 * @param fault in words, as its {@link FaultResult}s have it
 * @param kind the name of its annotation, as requests carried it: {@code NetworkDelay}
 * @param onMs asked for, from the experiment's start, milliseconds
 * @param offMs lifted, from the experiment's start, milliseconds
 */
public record FaultPeriod(String fault, String kind, double onMs, double offMs) {}
