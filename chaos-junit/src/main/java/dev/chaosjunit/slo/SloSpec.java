// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import java.util.List;

/**
 * What a load's requests must achieve, and when.
 *
 * @param phase when it must hold
 * @param objectives at least one; each is judged by itself
 */
public record SloSpec(Phase phase, List<Objective> objectives) {

    public SloSpec {
        objectives = List.copyOf(objectives);
        if (objectives.isEmpty()) {
            throw new IllegalArgumentException("an SLO needs at least one of p50, p90, p95, p99, max and errorRate");
        }
    }
}
