// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.result.Limit;

/** One thing that an SLO asks for. */
public sealed interface Objective permits QuantileObjective, ErrorRateObjective {

    /** As the annotation's element is called: {@code p99}, {@code max}, {@code errorRate}. */
    String name();

    /** What it allows at most. */
    Limit asLimit();
}
