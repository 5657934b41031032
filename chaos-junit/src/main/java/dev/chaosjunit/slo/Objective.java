// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

/** One thing that an SLO asks for. */
public sealed interface Objective permits QuantileObjective, ErrorRateObjective {

    /** As the annotation's element is called: {@code p99}, {@code max}, {@code errorRate}. */
    String name();

    /** The limit as an annotation has it: {@code 200ms}, {@code 0.5%}. */
    String limitText();
}
