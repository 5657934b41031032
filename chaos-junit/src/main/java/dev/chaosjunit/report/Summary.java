// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoStack;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.TokenResult;
import dev.chaosjunit.result.TraceResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A result on one screen, for the console and for failure messages. ASCII of our own making: logs have any encoding. */
public final class Summary {
    private static final int MOST = 6;
    private static final int FRAMES = 4;

    private final ExperimentResult result;
    private final List<String> lines = new ArrayList<>();

    private Summary(ExperimentResult result) {
        this.result = result;
    }

    /** The verdict, what was missed, the witnesses of the faults, and goroutines that did not come back. */
    public static String text(ExperimentResult result) {
        return text(result, null);
    }

    /**
     * The same, and where to read more.
     *
     * @param page what {@link ChaosReport#write} returned
     */
    public static String text(ExperimentResult result, @Nullable Path page) {
        Summary summary = new Summary(result);
        summary.verdict();
        summary.slos();
        summary.log();
        summary.section("faults", result.faults(), Summary::fault);
        summary.section("touched", result.touched(), touched -> List.of(touched.describe()));
        summary.section("tokens", passedLast(result.tokens(), TokenResult::outcome), Summary::token);
        summary.section("goroutines", passedLast(result.goroutines(), GoroutineResult::outcome), Summary::goroutines);
        summary.traces();
        summary.profiles();
        summary.section("ignored", result.leftOut().ignored(), List::of);
        summary.section("note", result.notes(), List::of);
        summary.line("seed", result.seed() + " (kernel " + result.kernel() + ", " + result.cluster() + ")");
        if (page != null) {
            summary.line("report", page.toUri() + "#" + FileNames.of(result.id()));
        }
        return String.join("\n", summary.lines);
    }

    private void verdict() {
        lines.add(result.outcome() + ": " + result.title() + " [" + result.id() + "]");
        result.summary().strip().lines().forEach(line -> lines.add("  " + line));
    }

    private void slos() {
        List<SloResult> missed = result.slos().stream()
                .filter(s -> s.outcome() != Outcome.PASSED)
                .toList();
        int met = result.slos().size() - missed.size();
        line(
                "SLOs",
                result.slos().isEmpty()
                        ? "none was held against this run"
                        : met + " of " + result.slos().size() + " met");
        section("", missed, Summary::slo);
    }

    private void log() {
        if (!result.logLines().isEmpty()) {
            lines.add("  " + LogSection.heading(result.logLines()));
            result.logLines().forEach(line -> lines.add("    " + line.describe()));
        }
    }

    private static List<String> slo(SloResult slo) {
        List<String> lines = new ArrayList<>();
        lines.add(word(slo.outcome()) + " " + slo.window() + " " + slo.objective() + " " + slo.observed() + ", at most "
                + slo.limit() + " allowed (95 % edge " + slo.badEdge() + ", " + slo.samples() + " samples) on "
                + slo.load());
        slo.detail().lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> fault(FaultResult fault) {
        List<String> lines = new ArrayList<>();
        lines.add((fault.witness() == Outcome.PASSED ? "" : word(fault.witness()) + " ") + fault.fault() + " on "
                + fault.place());
        lines.add("  " + counts(fault)
                + timing("; first hit after ", fault.onToFirstHitMs())
                + timing(", clean again after ", fault.offToFirstCleanMs()));
        if (!fault.probes().isEmpty()) {
            lines.add("  " + fault.probes());
        }
        if (fault.share() != null) {
            lines.add("  " + fault.share().describe());
        }
        String older = OlderWords.of(fault.older());
        if (!older.isEmpty()) {
            lines.add("  " + older);
        }
        if (fault.witness() != Outcome.PASSED && !fault.sawInstead().isEmpty()) {
            lines.add("  saw instead: " + FaultSection.sawInstead(fault.sawInstead()));
        }
        return lines;
    }

    private static String counts(FaultResult fault) {
        FaultResult.Counters counters = fault.counters();
        return counters == null || fault.unit().isOfPod()
                ? fault.detail()
                : "hit " + counters.hit() + " of " + counters.matched() + " matched, " + counters.seen() + " seen";
    }

    private static String timing(String prefix, @Nullable Double milliseconds) {
        return milliseconds == null ? "" : prefix + Numbers.time(milliseconds);
    }

    private static List<String> token(TokenResult token) {
        return List.of((token.outcome() == Outcome.PASSED ? "" : word(token.outcome()) + " ") + token.mutation() + ": "
                + TokenSection.answers(token) + ", wanted HTTP " + token.wanted());
    }

    private static <T> List<T> passedLast(List<T> found, Function<T, Outcome> outcome) {
        return found.stream()
                .sorted(Comparator.comparing(each -> outcome.apply(each) == Outcome.PASSED))
                .toList();
    }

    private static List<String> goroutines(GoroutineResult watched) {
        List<String> lines = new ArrayList<>();
        lines.add((watched.outcome() == Outcome.PASSED ? "" : word(watched.outcome()) + " ") + watched.instance() + ": "
                + watched.detail());
        if (watched.outcome() != Outcome.PASSED) {
            some(watched.groups(), group -> {
                        int more = group.after() - group.baseline();
                        List<String> some = new ArrayList<>();
                        some.add("  +" + more + " created by " + group.createdBy() + " [" + group.state() + "]");
                        group.hanging().stream()
                                .limit(FRAMES)
                                .map(frame -> "       at " + frame.function() + " (" + frame.location() + ")")
                                .forEach(some::add);
                        return some;
                    })
                    .forEach(lines::add);
        }
        return lines;
    }

    /** The lines of the first few items under one heading, and how many more there are. */
    private <T> void section(String heading, List<T> items, Function<T, List<String>> text) {
        String prefix = heading;
        for (String line : some(items, text)) {
            line(prefix, line);
            prefix = "";
        }
    }

    private static <T> List<String> some(List<T> items, Function<T, List<String>> text) {
        List<String> lines = new ArrayList<>();
        items.stream().limit(MOST).map(text).forEach(lines::addAll);
        if (items.size() > MOST) {
            lines.add("and " + (items.size() - MOST) + " more, see the report");
        }
        return lines;
    }

    private void line(String heading, String text) {
        lines.add(String.format(Locale.ROOT, "  %-11s %s", heading, text).stripTrailing());
    }

    /** Who took longer and who lost the fault's id; the rest is for the page. */
    private void traces() {
        TraceResult traces = result.traces();
        if (traces != null) {
            List<String> told = new ArrayList<>(List.of(TraceSection.received(traces)));
            traces.slower().stream().limit(1).map(Summary::slower).forEach(told::add);
            told.addAll(traces.lost());
            section("traces", told, List::of);
        }
    }

    /** What pods did for requests under the fault; the stacks are for the page. */
    private void profiles() {
        if (result.profiles() != null) {
            List<PodProfile> told = result.profiles().pods().stream()
                    .filter(pod -> pod.kind().equals("cpu") && pod.faulted() > 0)
                    .sorted(Comparator.comparingDouble(PodProfile::faulted).reversed())
                    .toList();
            section("profiles", told, pod -> List.of(burnt(pod)));
        }
    }

    private static String burnt(PodProfile pod) {
        String most = pod.stacks().stream()
                .limit(1)
                .flatMap(stack -> new GoStack(stack.frames()).hanging().stream().limit(1))
                .map(frame -> ", the most in " + frame.function())
                .collect(Collectors.joining());
        return pod.pod() + ": " + Numbers.time(pod.faulted()) + " of processor time under the fault" + most;
    }

    private static String slower(TraceResult.Slower part) {
        return part.part() + " took " + Numbers.time(part.faultMs()) + " under the fault, "
                + Numbers.time(part.beforeMs()) + " before";
    }

    private static String word(Outcome outcome) {
        return outcome.name();
    }
}
