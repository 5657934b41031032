// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.Limit;

/**
 * At most this share of the requests may fail. A limit of 0% speaks of the requests that were sent, as {@code max}
 * does: a single failed one decides, and no interval is asked for, since none could ever exclude a rate above zero.
 *
 * @param limit 0% to 100%
 */
public record ErrorRateObjective(Percent limit) implements Objective {

    @Override
    public String name() {
        return "errorRate";
    }

    @Override
    public Limit asLimit() {
        return new Limit.ErrorRate(limit);
    }
}
