// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import dev.chaosjunit.result.ProfileResult.SpanProfile;
import dev.chaosjunit.result.TraceResult.SpanBar;
import java.util.List;
import java.util.stream.Collectors;

/** What goroutines did for a span, in a row below it, which unfolds. */
record SpanWork(ProfileResult profiles, String trace) {

    void write(Html html, SpanBar span) {
        List<SpanProfile> seen = profiles.spans().stream()
                .filter(each -> each.trace().equals(trace) && each.span().equals(span.id()))
                .toList();
        html.open("tr", "class", seen.isEmpty() ? "work none" : "work");
        html.open("td", "colspan", "3").open("details").leaf("summary", summary(seen));
        if (seen.isEmpty()) {
            html.leaf("p", none(span));
        }
        for (SpanProfile kind : seen) {
            html.leaf("p", StackText.heading(kind.kind()));
            html.open("pre");
            StackText.write(html, kind.kind(), kind.stacks());
            html.close();
        }
        html.close().close().close().line();
    }

    private static String summary(List<SpanProfile> seen) {
        return seen.isEmpty()
                ? "no sample of this span"
                : seen.stream()
                        .map(kind -> kind.kind() + ": " + StackText.amount(kind.kind(), kind.samples(), kind.amount()))
                        .collect(Collectors.joining(", "));
    }

    private String none(SpanBar span) {
        String how = profiles.pods().stream()
                .map(PodProfile::kind)
                .distinct()
                .map(this::rate)
                .filter(rate -> !rate.isEmpty())
                .collect(Collectors.joining(", "));
        String call = span.kind().equals("client") || span.kind().equals("internal")
                ? " Go's labels name the span in which a service takes the request: look there for the work around this one."
                : "";
        return "No sample of this span" + (how.isEmpty() ? "." : ": " + how + ".") + call;
    }

    private String rate(String kind) {
        return switch (kind) {
            case "cpu" -> "CPU is sampled 100 times a second";
            case "goroutine" -> "goroutines were looked at " + Numbers.count(looks(), "time");
            default -> "";
        };
    }

    private int looks() {
        return profiles.pods().stream()
                .filter(pod -> pod.kind().equals("goroutine"))
                .mapToInt(PodProfile::taken)
                .max()
                .orElse(0);
    }
}
