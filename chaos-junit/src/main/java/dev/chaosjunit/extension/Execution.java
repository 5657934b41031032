// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.experiment.Body;
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
import java.util.function.UnaryOperator;
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
            finished = finished.with(session.send(finished.result()));
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
            throw refused(experiment, translate(e));
        } catch (IllegalArgumentException e) {
            throw refused(experiment, Misuse.of(experiment.id() + ": " + e.getMessage(), e));
        }
    }

    private RuntimeException refused(Experiment experiment, RuntimeException why) {
        new Unstarted(context).report(experiment, why);
        return why;
    }

    private RuntimeException translate(InjectionException e) {
        return switch (e.reason()) {
            case TEST -> Misuse.of(e);
            case MACHINE -> Refusal.of(context, session.plan(), e);
            case FAILURE -> e;
        };
    }

    private void report(ExperimentResult result) {
        Path page = ChaosReport.in(ChaosExtension.settings(context).report()).write(result);
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

    /** What the test's own code threw stands beside the verdict, and is not said in it a second time. */
    private static String verdict(Finished finished) {
        ExperimentResult result = finished.result();
        Throwable thrown = finished.thrown();
        if (thrown == null || thrown.getMessage() == null) {
            return Summary.text(result);
        }
        UnaryOperator<String> shortened =
                text -> text.replace(Body.FAILED + ": " + thrown.getMessage(), Body.FAILED + ".");
        return Summary.text(result.like(result.id(), result.title())
                .outcome(result.outcome(), shortened.apply(result.summary()))
                .notes(result.notes().stream().map(shortened).toList())
                .build());
    }

    private static <T extends Throwable> T beside(T failure, @Nullable Throwable thrown) {
        if (thrown != null) {
            failure.addSuppressed(thrown);
        }
        return failure;
    }

    private static void judge(Finished finished) throws Throwable {
        Outcome outcome = finished.result().outcome();
        Throwable thrown = finished.thrown();
        if (finished.lost()) {
            throw beside(new InconclusiveException(verdict(finished)), thrown);
        }
        // The end of a pod's process, or of the fault, explains what the test's own code ran into, so it comes first.
        boolean explained = finished.explained() && !(thrown instanceof InterruptedException);
        if (thrown != null && !explained) {
            throw beside(thrown, new AssertionFailedError(verdict(finished)));
        }
        if (outcome == Outcome.FAILED) {
            throw beside(new AssertionFailedError(verdict(finished)), thrown);
        }
        if (outcome == Outcome.INCONCLUSIVE) {
            throw beside(new InconclusiveException(verdict(finished)), thrown);
        }
    }
}
