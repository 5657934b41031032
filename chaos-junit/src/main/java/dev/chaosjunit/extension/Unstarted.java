// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.report.ChaosReport;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests that never came to their faults: they have rows in the report, too, as nothing was shown of what they ask. */
record Unstarted(ExtensionContext context) {

    /** Those of a class; where its annotations are wrong, none of them is known, and the class has the row. */
    void report(List<Experiment> experiments, RuntimeException why) {
        if (experiments.isEmpty()) {
            write(ExperimentResult.of(ExperimentReader.classes(context), context.getDisplayName()), why);
        }
        // Their titles have the class's name and not yet their own.
        experiments.forEach(experiment -> write(of(experiment, experiment.id()), why));
    }

    void report(Experiment experiment, RuntimeException why) {
        write(of(experiment, experiment.title()), why);
    }

    private static ExperimentResult.Builder of(Experiment experiment, String title) {
        List<FaultResult> faults = experiment.faults().stream()
                .map(fault -> FaultResult.notInjected(
                        fault.describe(), fault.selection().selector().toString(), fault.unit()))
                .toList();
        return ExperimentResult.of(experiment.id(), title)
                .seed(experiment.seed())
                .faults(faults);
    }

    /** What stopped the test is to be told, even where this cannot be written. */
    private void write(ExperimentResult.Builder result, RuntimeException why) {
        String message = why.getMessage() == null ? why.getClass().getName() : why.getMessage();
        try {
            ChaosReport.in(ChaosExtension.settings(context).report())
                    .write(result.outcome(Outcome.INCONCLUSIVE, "Nothing was injected: " + message)
                            .started(Instant.now())
                            .on("–", System.getProperty("os.version"))
                            .build());
        } catch (UncheckedIOException e) {
            why.addSuppressed(e);
        }
    }
}
