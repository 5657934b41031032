// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.slo;

import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.Outcome;

/**
 * One objective's verdict, before it is tied to a window.
 *
 * @param limit what was asked
 * @param observed point estimate
 * @param badEdge unfavourable edge of the interval
 * @param detail why, as a sentence without its full stop
 */
record Judgement(Limit limit, String observed, String badEdge, Outcome outcome, String detail) {

    Judgement inconclusive(String why) {
        return new Judgement(limit, observed, badEdge, Outcome.INCONCLUSIVE, why);
    }
}
