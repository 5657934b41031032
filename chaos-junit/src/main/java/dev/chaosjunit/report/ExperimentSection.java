// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.Window;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** One experiment: the verdict and why, then the evidence. */
final class ExperimentSection {
    private static final DateTimeFormatter STARTED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT).withZone(ZoneId.of("UTC"));

    private ExperimentSection() {}

    static void write(Html html, ExperimentResult result) {
        String anchor = FileNames.of(result.id());
        html.open("section", "id", anchor, "class", "experiment", "aria-labelledby", anchor + "-title");
        heading(html, result, anchor);
        facts(html, result, anchor);
        for (LoadResult load : result.loads()) {
            LoadSection.write(html, load, result);
        }
        SloSection.write(html, result.slos());
        FaultSection.write(html, result.faults(), result.touched());
        TokenSection.write(html, result.tokens());
        TraceLinks links = new TraceLinks(anchor, result.traces());
        if (!result.goroutines().isEmpty()) {
            html.leaf("h3", "Goroutines");
        }
        result.goroutines().stream()
                .sorted(Comparator.comparingInt(watched -> Outcomes.gravity(watched.outcome())))
                .forEach(watched -> GoroutineSection.write(html, watched, result.windows(), links));
        if (result.traces() != null) {
            TraceSection.write(html, result.traces(), links, Optional.ofNullable(result.profiles()));
        }
        if (result.profiles() != null) {
            ProfileSection.write(html, result.profiles());
        }
        LogSection.write(html, result.logLines());
        LeftOutSection.write(html, result.leftOut());
        notes(html, result);
        html.close().line();
    }

    private static void heading(Html html, ExperimentResult result, String anchor) {
        html.open("div", "class", "heading");
        Outcomes.badge(html, result.outcome());
        html.leaf("h2", result.title(), "id", anchor + "-title");
        html.leaf("a", "↑ all", "href", "#top", "aria-label", "Back to all experiments")
                .close();
        html.leaf("p", result.id(), "class", "id");
        String[] summary = result.summary().strip().split("\\R", 2);
        html.open("div", "class", "summary " + Outcomes.word(result.outcome())).leaf("p", summary[0]);
        if (summary.length > 1) {
            html.leaf("pre", summary[1].stripTrailing());
        }
        html.close().line();
    }

    private static void facts(Html html, ExperimentResult result, String anchor) {
        html.open("dl", "class", "facts");
        fact(html, "Started", STARTED.format(result.started().truncatedTo(ChronoUnit.SECONDS)));
        double end = result.windows().stream().mapToDouble(Window::endMs).max().orElse(Double.NaN);
        fact(html, "Length", Double.isNaN(end) ? "–" : Numbers.at(end));
        fact(html, "Ran on", result.cluster());
        fact(html, "Kernel", result.kernel());
        fact(html, "Seed", String.valueOf(result.seed()));
        html.open("div").leaf("dt", "Raw").open("dd");
        html.leaf("a", "JSON", "href", anchor + ".json").text(", ").leaf("a", "metrics", "href", anchor + ".prom");
        html.close().close().close().line();
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    private static void notes(Html html, ExperimentResult result) {
        if (result.notes().isEmpty()) {
            return;
        }
        html.leaf("h3", "Notes").open("ul", "class", "notes");
        result.notes().forEach(note -> html.leaf("li", note));
        html.close().line();
    }
}
