// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.TraceResult.SpanBar;
import dev.chaosjunit.result.TraceResult.Waterfall;
import java.util.Optional;

/** One request, a row a span: its name as deep as it was called, and when it ran. A table, so that words never meet. */
final class WaterfallChart {
    private static final int WIDE = 1000;
    private static final int HIGH = 10;
    private static final int LEAST = 4;
    private static final String HINT =
            "Pale: as the client saw it, the way there and back included. Left: of its deadline, as it began. Point at"
                    + " a span, or go to it by Tab, for its attributes.";
    private static final String WORK_HINT = " Click on it, or press Enter, for what goroutines did for it.";

    private final Html html;
    private final String anchor;
    private final Waterfall request;
    private final Axis time;
    private final Optional<SpanWork> work;

    private WaterfallChart(Html html, String anchor, Waterfall request, Optional<SpanWork> work) {
        this.anchor = anchor;
        this.work = work;
        this.html = html;
        this.request = request;
        double start =
                request.spans().stream().mapToDouble(SpanBar::fromMs).min().orElse(0);
        double end = request.spans().stream()
                .mapToDouble(span -> span.fromMs() + span.ms())
                .max()
                .orElse(0);
        time = Axis.exact(Math.min(0, start), end, 0, WIDE);
    }

    /**
     * Write it.
     *
     * @param anchor its own on the page
     * @param work of its spans, where profiles were taken of its window
     */
    static void write(Html html, String anchor, Waterfall request, Optional<SpanWork> work) {
        new WaterfallChart(html, anchor, request, work).write();
    }

    private void write() {
        String caption = "Spans of the " + request.why() + " request";
        html.open("div", "class", "waterfall", "id", anchor).open("h5");
        html.text("The " + request.why() + " request: " + Numbers.time(request.latencyMs()) + " ");
        html.leaf("small", "trace " + request.trace()).close().line();
        html.open("div", "class", "plot wide").open("table").leaf("caption", caption);
        head();
        html.open("tbody").line();
        request.spans().forEach(this::row);
        html.close().close().close();
        html.leaf("p", work.isPresent() ? HINT + WORK_HINT : HINT, "class", "readout");
        html.close().line();
    }

    private void head() {
        html.open("thead").open("tr");
        html.leaf("th", "Span", "scope", "col").leaf("th", "Takes", "scope", "col", "class", "number");
        html.open("th", "scope", "col").open("div", "class", "scale");
        html.leaf("span", Numbers.time(time.min()));
        html.leaf("span", Numbers.time((time.min() + time.max()) / 2));
        html.leaf("span", Numbers.time(time.max()));
        html.close().close().close().close();
    }

    private void row(SpanBar span) {
        String kind = span.failed() ? "span failed" : "span";
        if (work.isPresent()) {
            html.open("tr", "class", kind, "tabindex", "0", "aria-expanded", "false");
        } else {
            html.open("tr", "class", kind, "tabindex", "0");
        }
        html.open("td").open("div", "class", "name");
        for (int i = 0; i < span.depth(); i++) {
            html.open("i").close();
        }
        html.open("div").leaf("b", span.service());
        html.leaf("div", span.name() + " · " + span.kind(), "class", "below")
                .close()
                .close();
        html.leaf("span", details(span), "class", "details").close();
        html.open("td", "class", "number").leaf("div", Numbers.time(span.ms()));
        if (span.leftMs() != null) {
            html.leaf("div", left(span.leftMs()), "class", "below");
        }
        if (span.failed()) {
            html.leaf("div", "✗ failed", "class", "below");
        }
        html.close().open("td", "class", "time");
        bar(span);
        html.close().close().line();
        work.ifPresent(known -> known.write(html, span));
    }

    private static String left(double milliseconds) {
        return milliseconds < 0 ? "over by " + Numbers.time(-milliseconds) : Numbers.time(milliseconds) + " left";
    }

    private void bar(SpanBar span) {
        double from = Math.min(time.at(span.fromMs()), WIDE - LEAST);
        double wide = Math.max(LEAST, time.at(span.fromMs() + span.ms()) - from);
        String label = "from " + Numbers.time(span.fromMs()) + " to " + Numbers.time(span.fromMs() + span.ms());
        String box = "0 0 " + WIDE + " " + HIGH;
        html.open(
                "svg",
                "class",
                "bar",
                "viewBox",
                box,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                label);
        String path = "M" + Numbers.px(from) + " 0h" + Numbers.px(wide) + "v" + HIGH + "h" + Numbers.px(-wide) + "z";
        html.open("path", "class", span.kind().equals("client") ? "client" : "", "d", path)
                .close();
        html.close();
    }

    private static String details(SpanBar span) {
        return span.service() + ": " + span.name() + ", depth " + span.depth() + (span.failed() ? ", failed" : "")
                + (span.detail().isEmpty() ? "" : ": " + span.detail());
    }
}
