// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.LeftOut;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTests {
    private static final TraceLinks LINKS = new TraceLinks("t", null);
    private static final ResultFiles.Found SAMPLES =
            new ResultFiles.Found(List.of(Samples.passed(), Samples.failed(), Samples.inconclusive()), List.of());

    @Test
    @DisplayName("the head of the page says what failed and why")
    void contents() throws Exception {
        Golden.verify("contents.html", fragment(html -> Contents.write(html, SAMPLES.results(), List.of())));
    }

    @Test
    @DisplayName("a summary that announces what a pod printed has it beside it in the head")
    void announced() {
        ExperimentResult ended = SampleResult.of("KillIT.killed", "killed")
                .outcome(Outcome.FAILED, "Pod a ended. It printed last:\n  panic: no\n  goroutine 1")
                .build();

        assertThat(fragment(html -> Contents.write(html, List.of(ended), List.of())))
                .contains("Pod a ended. It printed last: panic: no</div>");
    }

    @Test
    @DisplayName("the objectives of a failed experiment")
    void objectives() throws Exception {
        Golden.verify(
                "objectives.html",
                fragment(html -> SloSection.write(html, Samples.failed().slos())));
    }

    @Test
    @DisplayName("a fault that hit nothing")
    void faults() throws Exception {
        Golden.verify(
                "faults.html",
                fragment(html -> FaultSection.write(
                        html,
                        Samples.inconclusive().faults(),
                        Samples.inconclusive().touched())));
    }

    @Test
    @DisplayName("the stacks of leaked goroutines")
    void goroutines() throws Exception {
        String section = fragment(html -> GoroutineSection.write(
                html, Samples.failed().goroutines().get(0), Samples.failed().windows(), LINKS));

        Golden.verify("groups.html", section.substring(section.indexOf("<table><caption>Groups")));
    }

    @Test
    @DisplayName("what the number of goroutines alone would have said, which is not what the rule says")
    void byNumber() {
        List<Window> windows = Samples.failed().windows();

        assertThat(fragment(html -> GoroutineSection.write(html, watched(Outcome.PASSED, 13, 21, 15), windows, LINKS)))
                .contains("<p>By number alone, as at /debug/vars: 15 goroutines, 2 above the baseline: not back.</p>");
        assertThat(fragment(html -> GoroutineSection.write(html, watched(Outcome.FAILED, 13, 21, 13), windows, LINKS)))
                .contains("<p>By number alone, as at /debug/vars: 13 goroutines, not above the baseline: back.</p>");
        List<Window> longer = List.of(new Window(Stage.FAULT, 0, 41_000));
        assertThat(fragment(html -> GoroutineSection.write(html, watched(Outcome.PASSED, 13, 21, 13), longer, LINKS)))
                .as("nobody looked after the end")
                .doesNotContain("By number alone");
    }

    private static GoroutineResult watched(Outcome outcome, int baseline, int peak, int last) {
        return new GoroutineResult("a", baseline, Series.goroutines(baseline, peak, last), List.of(), outcome, "");
    }

    @Test
    @DisplayName("what a load takes for a good answer, where that is not any that is no error")
    void expects() {
        String page = Page.html(SAMPLES);
        assertThat(page).doesNotContain("Good answers");

        LoadResult load = new LoadResult("http://a/", 1, "HTTP 200 with \"<ok>\"", List.of(), List.of());
        assertThat(fragment(html -> LoadSection.write(html, load, Samples.failed())))
                .contains("<p>Good answers: HTTP 200 with &quot;&lt;ok&gt;&quot;; any other counts as an error.</p>");
    }

    @Test
    @DisplayName("what the manifests say and the services did not have")
    void leftOut() throws Exception {
        LeftOut leftOut = new LeftOut(
                List.of("NetworkPolicy (a.yaml:1)"), List.of("spec.strategy (a.yaml:7, b.yaml:9)", "x (b:1)"));

        assertThat(fragment(html -> LeftOutSection.write(html, leftOut)))
                .contains("Left out of the manifests by the test (1)", "<li>NetworkPolicy (a.yaml:1)</li>")
                .contains("In the manifests, without effect here (2)", "<li>spec.strategy (a.yaml:7, b.yaml:9)</li>");
        assertThat(fragment(html -> LeftOutSection.write(html, LeftOut.NOTHING)))
                .isEmpty();
    }

    @Test
    @DisplayName("the page asks the network for nothing, and forbids itself to")
    void selfContained() {
        String page = Page.html(SAMPLES);

        assertThat(page)
                .contains("Content-Security-Policy\" content=\"default-src 'none'; img-src data:;")
                .doesNotContainPattern("(src|href)=\"(https?:)?//")
                .doesNotContain("@import", "url(");
    }

    @Test
    @DisplayName("links inside the page have a target, once")
    void anchors() {
        String page = Page.html(SAMPLES);
        List<String> targets = all(page, "href=\"#([^\"]+)\"");

        assertThat(targets).hasSize(2 * 3);
        assertThat(targets).allSatisfy(target -> assertThat(page).containsOnlyOnce("id=\"" + target + "\""));
    }

    @Test
    @DisplayName("markup in any text of a result is shown, not run")
    void escapesEverything() {
        String page = Page.html(new ResultFiles.Found(List.of(Hostile.result()), List.of(Hostile.file())));
        String body = page.substring(page.indexOf("<body"));

        assertThat(all(page, "(<script)")).hasSize(1);
        assertThat(body).doesNotContain("<script", "<img", "\"x\"").contains("&lt;img src=&quot;x&quot;");
        assertThat(all(body, "&lt;img")).hasSizeGreaterThan(20);
    }

    @Test
    @DisplayName("the body is well-formed, its drawings have a label and its data cells a heading")
    void wellFormed() throws Exception {
        for (ResultFiles.Found found :
                List.of(SAMPLES, new ResultFiles.Found(List.of(Hostile.result()), List.of(Hostile.file())))) {
            String page = Page.html(found);
            Document body = parse(page.substring(page.indexOf("<body"), page.indexOf("</html>")));

            assertThat(attributes(body, "svg", "aria-label")).isNotEmpty().doesNotContain("");
            assertThat(attributes(body, "th", "scope")).isNotEmpty().containsOnly("col");
            assertThat(attributes(body, "path", "d")).noneMatch(path -> path.matches(".*(NaN|Infinity).*"));
        }
    }

    @Test
    @DisplayName("the fault is shaded where it was, and each limit drawn where it held")
    void marksFault() {
        String page = Page.html(new ResultFiles.Found(List.of(Samples.failed()), List.of()));

        assertThat(page)
                .contains("class=\"window fault\"", "class=\"name fault\"")
                .contains("p99 ≤ 200ms", "p99.9 ≤ 300ms")
                .contains("6.0 s (fault): 40 requests, ");
        assertThat(all(page, "(class=\"level limit\")")).hasSize(3);
    }

    @Test
    @DisplayName("a limit far above the latencies is inside the chart, so that one sees the distance")
    void showsDistantLimit() {
        String page = Page.html(new ResultFiles.Found(List.of(Samples.passed()), List.of()));

        assertThat(page).contains("p99 ≤ 200ms", ">200 ms</text>", ">500 ms</text>");
    }

    private static String fragment(Consumer<Html> section) {
        Html html = new Html();
        section.accept(html);
        return html.toString();
    }

    private static List<String> all(String text, String regex) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> attributes(Document document, String tag, String attribute) {
        NodeList elements = document.getElementsByTagName(tag);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            values.add(elements.item(i).getAttributes().getNamedItem(attribute).getTextContent());
        }
        return values;
    }
}
