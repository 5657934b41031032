// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.util.List;

/**
 * How often a service may be called for one request.
 *
 * @param to the service that is called, by its {@code service.name}
 * @param from who calls it; empty for each that does
 * @param max calls a request, above 0
 * @param phase when
 */
public record CallLimit(String to, String from, double max, Phase phase) {

    public CallLimit {
        if (to.isBlank()) {
            throw new IllegalArgumentException("to must name a service");
        }
        if (!(max > 0) || Double.isInfinite(max)) {
            throw new IllegalArgumentException("max must be above 0 calls a request, but is " + max);
        }
    }

    /** The windows that it holds in. */
    List<Stage> windows() {
        return phase == Phase.FAULT ? List.of(Stage.FAULT) : List.of(Stage.BASELINE, Stage.RECOVERY);
    }

    boolean means(String caller, String called) {
        return to.equals(called) && (from.isEmpty() || from.equals(caller));
    }
}
