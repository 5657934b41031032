// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.Finished;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.report.ChaosReport;
import dev.chaosjunit.report.Summary;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.session.Session;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;
import org.opentest4j.AssertionFailedError;

/** One test method as an experiment: run it, report it, and let JUnit know the verdict. */
record Execution(Session session, ExtensionContext context) {
    private static final int SHOWN_LINES = 10;

    void run(Experiment experiment, LiveRun run, Invocation<@Nullable Void> invocation) throws Throwable {
        Finished finished;
        EndOfJvm end = EndOfJvm.watch(session.losses());
        try {
            finished = finish(experiment, run, invocation);
            report(finished.result());
        } finally {
            end.reported();
        }
        if (finished.result().outcome() != Outcome.PASSED) {
            showLogs(finished.result());
        }
        judge(finished);
    }

    private Finished finish(Experiment experiment, LiveRun run, Invocation<@Nullable Void> invocation)
            throws Throwable {
        try {
            return session.runner().run(experiment, faults -> {
                run.injected(faults);
                invocation.proceed();
            });
        } catch (InjectionException e) {
            throw translate(e);
        } catch (IllegalArgumentException e) {
            throw Misuse.of(experiment.id() + ": " + e.getMessage(), e);
        }
    }

    private RuntimeException translate(InjectionException e) {
        return switch (e.reason()) {
            case TEST -> Misuse.of(e);
            case MACHINE -> Refusal.of(context, session.plan(), e);
            case FAILURE -> e;
        };
    }

    private void report(ExperimentResult result) {
        Path page = ChaosReport.write(result, ChaosExtension.settings(context).report());
        context.publishReportEntry(Map.of(
                "chaos.outcome", result.outcome().name(),
                "chaos.summary", result.summary(),
                "chaos.seed", Long.toString(result.seed()),
                "chaos.report", page.toAbsolutePath().toString()));
    }

    private void showLogs(ExperimentResult result) {
        session.cluster().instances().forEach(pod -> {
            String log = String.join("\n", session.cluster().log(pod.title(), SHOWN_LINES));
            if (!log.isBlank()) {
                System.out.printf(
                        "[%s] pod %s printed last:%n%s%n",
                        result.id(), pod.title(), log.indent(2).stripTrailing());
            }
        });
    }

    private static InconclusiveException inconclusive(String message, @Nullable Throwable because) {
        InconclusiveException inconclusive = new InconclusiveException(message);
        if (because != null) {
            inconclusive.addSuppressed(because);
        }
        return inconclusive;
    }

    /** The end of a pod's process explains what the test's own code ran into, so it comes first. */
    private static Throwable explained(ExperimentResult result, @Nullable Throwable thrown) {
        Throwable failure = result.outcome() == Outcome.FAILED
                ? new AssertionFailedError(Summary.text(result))
                : new InconclusiveException(Summary.text(result));
        if (thrown != null) {
            failure.addSuppressed(thrown);
        }
        return failure;
    }

    private static void judge(Finished finished) throws Throwable {
        ExperimentResult result = finished.result();
        Throwable thrown = finished.thrown();
        if (finished.lost()) {
            throw inconclusive(Summary.text(result), thrown);
        }
        if (finished.podEnded() && !(thrown instanceof InterruptedException)) {
            throw explained(result, thrown);
        }
        if (thrown != null) {
            thrown.addSuppressed(new AssertionFailedError(Summary.text(result)));
            throw thrown;
        }
        if (result.outcome() == Outcome.FAILED) {
            throw new AssertionFailedError(Summary.text(result));
        }
        if (result.outcome() == Outcome.INCONCLUSIVE) {
            throw new InconclusiveException(Summary.text(result));
        }
    }
}
