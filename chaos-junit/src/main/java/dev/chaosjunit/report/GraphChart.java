// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.report.GraphLayout.Box;
import dev.chaosjunit.report.GraphLayout.Hop;
import dev.chaosjunit.report.GraphLayout.Way;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Services and their calls, who calls to the left of who is called. */
final class GraphChart {
    private static final int BOX_HIGH = 36;
    private static final int LEAST_WIDTH = 90;
    private static final int MOST_LETTERS = 26;
    private static final int LETTER = 8;
    private static final int HEAD = 7;

    private final Html html;
    private final List<ServiceCalls> calls;
    private final int boxWidth;
    private final GraphLayout layout;

    private GraphChart(Html html, List<ServiceCalls> calls) {
        this.html = html;
        this.calls = calls;
        int longest = calls.stream()
                .flatMap(call -> Stream.of(call.from(), call.to()))
                .mapToInt(service -> shorter(service).length())
                .max()
                .orElse(0);
        boxWidth = Math.max(LEAST_WIDTH, longest * LETTER + 20);
        layout = new GraphLayout(calls, boxWidth);
    }

    /** Draw them; without any, nothing. */
    static void write(Html html, String title, List<ServiceCalls> calls) {
        if (!calls.isEmpty()) {
            new GraphChart(html, calls).write(title);
        }
    }

    private void write(String title) {
        String width = Numbers.px(layout.width() + 4);
        String height = Numbers.px(layout.height());
        html.leaf("h4", title);
        html.open("div", "class", "plot wide", "tabindex", "0", "role", "group", "aria-label", title);
        String box = "-2 0 " + width + " " + height;
        html.open(
                "svg",
                "class",
                "graph",
                "viewBox",
                box,
                "width",
                width,
                "height",
                height,
                "role",
                "img",
                "aria-label",
                described());
        layout.ways().forEach(this::way);
        layout.boxes().forEach(this::box);
        html.close().close().line();
    }

    /** What a reader who cannot see it should know. */
    private String described() {
        return calls.stream()
                .map(call -> call.from() + " calls " + call.to() + ": " + (call.faulted() ? "fault; " : "")
                        + CallWords.all(call))
                .collect(Collectors.joining(". "));
    }

    private void way(Way way) {
        ServiceCalls call = way.calls();
        StringBuilder path = new StringBuilder();
        for (Hop hop : way.hops()) {
            double lane = hop.fromX() + GraphLayout.FAN;
            double out = lane + GraphLayout.LANE;
            path.append(path.isEmpty() ? "M" : "L").append(spot(hop.fromX(), hop.fromY()));
            path.append(bend(hop.fromX(), hop.fromY(), lane, hop.laneY()));
            path.append("H").append(Numbers.px(out));
            path.append(bend(out, hop.laneY(), hop.toX(), hop.toY()));
        }
        String cssClass = call.calls() == 0 ? "call none" : call.faulted() ? "call fault" : "call";
        html.open("path", "class", cssClass, "d", path.toString()).close();
        head(way, cssClass);
        way.hops().stream().filter(Hop::words).forEach(hop -> words(hop, call));
        html.line();
    }

    private void head(Way way, String cssClass) {
        Hop last = way.back() ? way.hops().get(0) : way.hops().get(way.hops().size() - 1);
        double x = way.back() ? last.fromX() : last.toX();
        double y = way.back() ? last.fromY() : last.toY();
        int from = way.back() ? HEAD : -HEAD;
        String arrow =
                "M" + spot(x + from, y - HEAD / 2.0) + "L" + spot(x, y) + "L" + spot(x + from, y + HEAD / 2.0) + "z";
        html.open("path", "class", cssClass + " head", "d", arrow).close();
    }

    private void words(Hop hop, ServiceCalls call) {
        double middle = hop.fromX() + GraphLayout.FAN + GraphLayout.LANE / 2.0;
        if (call.faulted()) {
            text("name fault", middle, hop.laneY() - 21, "fault");
        }
        text("figure", middle, hop.laneY() - 6, CallWords.perRequest(call));
        if (call.calls() > 0) {
            text(call.failed() > 0 ? "failure" : "", middle, hop.laneY() + 15, CallWords.failed(call));
            text("", middle, hop.laneY() + 29, CallWords.times(call));
        }
    }

    private void box(Box box) {
        double top = box.middle() - BOX_HIGH / 2.0;
        html.open("g").leaf("title", box.service());
        html.open(
                        "path",
                        "class",
                        "service",
                        "d",
                        "M" + spot(box.left(), top) + "h" + boxWidth + "v" + BOX_HIGH + "h-" + boxWidth + "z")
                .close();
        double middle = box.left() + boxWidth / 2.0;
        calls.stream()
                .filter(call -> call.from().equals(box.service()) && call.to().equals(box.service()))
                .findFirst()
                .ifPresent(own -> text("", middle, top + BOX_HIGH + 13, "itself: " + CallWords.perRequest(own)));
        text("service", middle, box.middle() + 4, shorter(box.service()));
        html.close().line();
    }

    private void text(String cssClass, double x, double y, String text) {
        html.leaf("text", text, "class", cssClass, "x", Numbers.px(x), "y", Numbers.px(y), "text-anchor", "middle");
    }

    /** Both ends of a name that is long: addresses differ in either. */
    private static String shorter(String service) {
        int length = service.length();
        return length <= MOST_LETTERS
                ? service
                : service.substring(0, MOST_LETTERS - 11) + "…" + service.substring(length - 10);
    }

    /** A curve that leaves and arrives level. */
    private static String bend(double fromX, double fromY, double toX, double toY) {
        double middle = (fromX + toX) / 2;
        return "C" + spot(middle, fromY) + " " + spot(middle, toY) + " " + spot(toX, toY);
    }

    private static String spot(double x, double y) {
        return Numbers.px(x) + " " + Numbers.px(y);
    }
}
