// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import java.util.List;
import java.util.Objects;

/** The head of the page: the overall verdict, and one row per experiment that says what went wrong. */
final class Contents {
    private Contents() {}

    static void write(Html html, List<ExperimentResult> results, List<ResultFiles.Unreadable> unreadable) {
        Outcome overall = Outcomes.overall(results);
        html.open("header", "class", "overall " + Outcomes.word(overall));
        html.leaf("span", Outcomes.sign(overall), "class", "sign", "aria-hidden", "true")
                .open("div");
        html.leaf("p", "Chaos report", "class", "kicker").leaf("h1", headline(results));
        html.leaf("p", Outcomes.counts(results)).close().close().line();
        if (!results.isEmpty()) {
            html.open("nav", "aria-label", "Experiments").open("table", "class", "contents");
            html.raw("<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Experiment</th>"
                    + "<th scope=\"col\">SLOs</th><th scope=\"col\">Faults</th><th scope=\"col\">Goroutines</th>"
                    + "</tr></thead>");
            html.open("tbody").line();
            results.forEach(result -> row(html, result));
            html.close().close().close().line();
        }
        unreadable(html, unreadable);
    }

    private static String headline(List<ExperimentResult> results) {
        long bad = results.stream().filter(r -> r.outcome() != Outcome.PASSED).count();
        if (bad == 0) {
            return results.size() == 1 ? "The experiment passed" : "All " + results.size() + " experiments passed";
        }
        return bad + " of " + Numbers.count(results.size(), "experiment") + " did not pass";
    }

    private static void row(Html html, ExperimentResult result) {
        html.open("tr").open("td");
        Outcomes.badge(html, result.outcome());
        html.close().open("td");
        html.leaf("a", result.title(), "href", "#" + FileNames.of(result.id()));
        html.leaf("div", firstLine(result.summary()), "class", "below").close();
        slos(html, result.slos());
        faults(html, result.faults());
        goroutines(html, result.goroutines());
        html.close().line();
    }

    private static void slos(Html html, List<SloResult> slos) {
        Outcome outcome = slos.stream().map(SloResult::outcome).reduce(Outcome.PASSED, Outcome::and);
        long met = slos.stream().filter(s -> s.outcome() == Outcome.PASSED).count();
        String text = met == slos.size() ? met + " met" : met + " of " + slos.size() + " met";
        check(html, "SLOs", slos.isEmpty(), outcome, text);
    }

    private static void faults(Html html, List<FaultResult> faults) {
        Outcome outcome = faults.stream().map(FaultResult::witness).reduce(Outcome.PASSED, Outcome::and);
        openCheck(html, "Faults", faults.isEmpty(), outcome).open("div");
        html.leaf("div", shown(faults.isEmpty(), outcome, hits(faults)));
        faults.stream().map(FaultResult::fault).distinct().forEach(fault -> html.leaf("div", fault, "class", "below"));
        html.close().close();
    }

    private static String hits(List<FaultResult> faults) {
        List<Counters> counted = faults.stream()
                .map(FaultResult::counters)
                .filter(Objects::nonNull)
                .toList();
        if (faults.stream().noneMatch(FaultResult::wasInjected)) {
            return "not injected";
        }
        long hits = counted.stream().mapToLong(Counters::hit).sum();
        if (hits > 0) {
            return Numbers.count(hits, "hit");
        }
        return faults.stream().anyMatch(fault -> fault.witness() == Outcome.PASSED)
                ? "hit, not counted"
                : "hit nothing";
    }

    private static void goroutines(Html html, List<GoroutineResult> goroutines) {
        Outcome outcome = goroutines.stream().map(GoroutineResult::outcome).reduce(Outcome.PASSED, Outcome::and);
        String text = switch (outcome) {
            case PASSED -> "came back";
            case FAILED -> "did not come back";
            case INCONCLUSIVE -> "unclear";
        };
        check(html, "Goroutines", goroutines.isEmpty(), outcome, text);
    }

    private static void check(Html html, String heading, boolean unchecked, Outcome outcome, String text) {
        openCheck(html, heading, unchecked, outcome)
                .text(shown(unchecked, outcome, text))
                .close();
    }

    private static Html openCheck(Html html, String heading, boolean unchecked, Outcome outcome) {
        String cssClass = unchecked ? "check" : "check " + Outcomes.word(outcome);
        return html.open("td", "class", cssClass, "data-heading", heading);
    }

    private static String shown(boolean unchecked, Outcome outcome, String text) {
        return unchecked ? "–" : Outcomes.sign(outcome) + " " + text;
    }

    private static void unreadable(Html html, List<ResultFiles.Unreadable> files) {
        if (files.isEmpty()) {
            return;
        }
        html.open("section", "class", "unreadable").leaf("h2", "Files left out");
        html.leaf("p", "These JSON files in the directory are no readable results of chaos-junit:")
                .open("ul");
        for (ResultFiles.Unreadable file : files) {
            html.open("li").leaf("code", file.file()).text(": " + file.reason()).close();
        }
        html.close().close().line();
    }

    /** The next one with it where the first only announces it: what a pod printed last, say. */
    private static String firstLine(String text) {
        List<String> lines = text.strip().lines().map(String::strip).toList();
        boolean announces = lines.size() > 1 && lines.get(0).endsWith(":");
        return String.join(" ", lines.subList(0, Math.min(lines.size(), announces ? 2 : 1)));
    }
}
