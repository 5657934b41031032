// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** An SVG drawing with a shared horizontal axis and one or more panels above each other. */
final class Plot {
    static final int LEFT = 62;
    static final int RIGHT = 888;
    private static final int WIDTH = 900;
    private static final int FOOT = 34;

    private final Html html;
    private final Axis x;
    private final int height;

    private Plot(Html html, Axis x, int height) {
        this.html = html;
        this.x = x;
        this.height = height;
    }

    /**
     * Open a drawing.
     *
     * @param label what a reader who cannot see it should know
     * @param height of the panels, pixels; the axis comes below
     */
    static Plot open(Html html, String label, Axis x, int height) {
        String box = "0 0 " + WIDTH + " " + (height + FOOT);
        html.open("div", "class", "plot").open("svg", "viewBox", box, "role", "img", "aria-label", label);
        return new Plot(html, x, height);
    }

    /** Where the time axis ends, so that what is drawn and all windows are on it. */
    static double end(double drawn, List<Window> windows) {
        return Math.max(drawn, windows.stream().mapToDouble(Window::endMs).max().orElse(drawn));
    }

    /** Shade the fault window, and name and part all windows. */
    void windows(List<Window> windows, int top) {
        for (Window window : windows) {
            double from = x.at(window.startMs());
            double to = x.at(window.endMs());
            String name = window.stage().toString();
            boolean fault = window.stage() == Stage.FAULT;
            rect(fault ? "window fault" : "window", from, top, to - from, height - top);
            if (fault || to - from > 7 * name.length()) {
                text(fault ? "name fault" : "name", (from + to) / 2, top - 6, "middle", name);
            }
        }
    }

    /** Horizontal grid lines with their values. */
    void grid(Axis y, DoubleFunction<String> label) {
        for (double tick : y.ticks()) {
            segment("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            tick(y.at(tick), label.apply(tick));
        }
    }

    /** A value beside the vertical axis. */
    void tick(double pixelY, String label) {
        text("tick", LEFT - 8.0, pixelY + 4, "end", label);
    }

    /** A line through the points; a single one makes a dot. */
    <P> void line(String cssClass, List<P> points, Axis y, ToDoubleFunction<P> time, ToDoubleFunction<P> value) {
        StringBuilder path = new StringBuilder();
        for (P point : points) {
            path.append(path.isEmpty() ? "M" : "L").append(Numbers.px(x.at(time.applyAsDouble(point))));
            path.append(' ').append(Numbers.px(y.at(value.applyAsDouble(point))));
        }
        html.open("path", "class", "line " + cssClass, "d", path + "h0").close().line();
    }

    /** A level that holds from one time to another, with its name above its start. */
    void level(String cssClass, double fromX, double toX, double pixelY, String name) {
        segment("level " + cssClass, x.at(fromX), pixelY, x.at(toX), pixelY);
        text("name " + cssClass, x.at(fromX) + 4, pixelY - 4, "start", name);
    }

    /** A vertical mark with its name at the top. */
    void mark(String cssClass, double atX, int top, String name) {
        double at = x.at(atX);
        segment("level " + cssClass, at, top, at, height);
        text("name " + cssClass, at, top - 6, at > RIGHT - 120 ? "end" : at < LEFT + 120 ? "start" : "middle", name);
    }

    void bar(String cssClass, double fromX, double toX, double top, double bottom) {
        double from = x.at(fromX);
        rect(cssClass, from, top, Math.max(1, x.at(toX) - from - 0.5), bottom - top);
    }

    /** An invisible strip that tells its values when pointed at. */
    void tip(double fromX, double toX, int top, String text) {
        html.open("g", "class", "tip").leaf("title", text);
        rect("", x.at(fromX), top, x.at(toX) - x.at(fromX), height - top);
        html.close();
    }

    void note(double y, String text) {
        text("tick", LEFT + 6.0, y, "start", text);
    }

    /** Write the horizontal axis and end the drawing. */
    void close(DoubleFunction<String> label, String hint) {
        segment("axis", LEFT, height, RIGHT, height);
        for (double tick : x.ticks()) {
            segment("axis", x.at(tick), height, x.at(tick), height + 4.0);
            text("tick", x.at(tick), height + 18.0, "middle", label.apply(tick));
        }
        html.close().close().leaf("p", hint, "class", "readout").line();
    }

    private void rect(String cssClass, double left, double top, double width, double high) {
        String path = "M" + Numbers.px(left) + " " + Numbers.px(top) + "h" + Numbers.px(width) + "v" + Numbers.px(high)
                + "h" + Numbers.px(-width) + "z";
        html.open("path", "class", cssClass, "d", path).close();
    }

    private void segment(String cssClass, double x1, double y1, double x2, double y2) {
        String path = "M" + Numbers.px(x1) + " " + Numbers.px(y1) + "L" + Numbers.px(x2) + " " + Numbers.px(y2);
        html.open("path", "class", cssClass, "d", path).close();
    }

    private void text(String cssClass, double atX, double atY, String anchor, String text) {
        html.leaf("text", text, "class", cssClass, "x", Numbers.px(atX), "y", Numbers.px(atY), "text-anchor", anchor);
    }
}
