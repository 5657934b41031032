// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;

/** Results of which a test says what matters to it. */
final class SampleResult {
    private SampleResult() {}

    /** Of a short run that passed, and of which nothing else is known. */
    static ExperimentResult.Builder of(String id) {
        return of(id, id);
    }

    static ExperimentResult.Builder of(String id, String title) {
        return ExperimentResult.of(id, title)
                .outcome(Outcome.PASSED, "Fine.")
                .on("local", "6.18")
                .seed(1);
    }

    /** Another one under its own id. */
    static ExperimentResult.Builder like(ExperimentResult other, String id) {
        return other.like(id, other.title());
    }
}
