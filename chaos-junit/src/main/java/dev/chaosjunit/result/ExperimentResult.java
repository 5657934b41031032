// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.time.Instant;
import java.util.List;

/**
 * One experiment, from start to verdict.
 *
 * @param id unique and fit for a file name: {@code UserApiChaosIT.breakerAnswers}
 * @param title the test's display name
 * @param outcome the verdict
 * @param summary the verdict in a sentence or a few, as the failure message has it
 * @param started wall-clock start
 * @param cluster where it ran, as the cluster describes itself
 * @param kernel kernel release
 * @param seed of all randomness; giving it again replays the run
 * @param windows in order
 * @param loads one per load
 * @param slos one per objective, load and window
 * @param faults one per fault and instance
 * @param touched one per fault that was counted
 * @param goroutines one per instance watched
 * @param notes what else a reader should know
 */
public record ExperimentResult(
        String id,
        String title,
        Outcome outcome,
        String summary,
        Instant started,
        String cluster,
        String kernel,
        long seed,
        List<Window> windows,
        List<LoadResult> loads,
        List<SloResult> slos,
        List<FaultResult> faults,
        List<Touched> touched,
        List<GoroutineResult> goroutines,
        List<String> notes) {}
