// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.result.ExperimentResult;
import org.jspecify.annotations.Nullable;

/**
 * An experiment that is over.
 *
 * @param result what was found
 * @param thrown what the test's own code threw while the fault was on, or the interrupt that cut the experiment short
 * @param lost whether it was cut short because something of our own was gone; what was thrown is due to that, then
 * @param explained whether the verdict begins with what may have caused what was thrown: a pod's process ended that may
 *     not, or the fault was ended before its time
 */
public record Finished(ExperimentResult result, @Nullable Throwable thrown, boolean lost, boolean explained) {

    /** The same with more said in its result. */
    public Finished with(ExperimentResult noted) {
        return new Finished(noted, thrown, lost, explained);
    }
}
