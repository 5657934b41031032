// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.NotKept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Traces in a report")
class TraceReportTests {
    private static final String PAGE = page(SampleTraces.storm());

    @Test
    @DisplayName("say how many spans were received, how many there was no room for, and of which requests")
    void received() {
        assertThat(PAGE)
                .contains("14,127 spans received, 12 dropped for want of room")
                .contains("baseline 1,000 of 1,000, fault 987 of 1,000, recovery 12 of 12.")
                .contains(
                        " 3 requests refused, as too long or no OTLP. 1 span without legal ids left out. 40 attributes")
                .doesNotContain("0 requests");
    }

    @Test
    @DisplayName("have a graph in which the fault is marked by a word, and a call that is made no more is dashed")
    void graph() {
        assertThat(PAGE)
                .contains(
                        "order-service calls payment-service: fault; 2.97 calls a request, 66.3 % failed, p50 503 ms,")
                .containsOnlyOnce("class=\"name fault\"")
                .containsOnlyOnce("class=\"call fault\"")
                .containsOnlyOnce("class=\"call none\"")
                .contains("gateway calls auth-service: not called");
    }

    @Test
    @DisplayName("have the calls of each window side by side, and say where there are surely more")
    void storm() {
        assertThat(PAGE)
                .containsSubsequence(
                        ">order-service</td>",
                        ">payment-service<",
                        ">fault on the way<",
                        "data-heading=\"baseline\"><div><div>1.01 calls a request</div>",
                        "1 to 1.02 at 95 %\nnone failed\np50 1.1 ms, p99 3.2 ms",
                        "data-heading=\"fault\"><div><div>2.97 calls a request, more than before</div>",
                        "data-heading=\"recovery\"><div><div>1 call a request</div>",
                        "too few requests for an interval")
                .containsOnlyOnce("more than before");
    }

    @Test
    @DisplayName("say where the time went")
    void slower() {
        assertThat(PAGE)
                .containsSubsequence(">order-service: POST /pay (client span)<", ">0.41 ms<", ">503 ms<", ">+503 ms<");
    }

    @Test
    @DisplayName("have requests span by span, those under the fault first and unfolded, each span with what it says")
    void waterfalls() {
        assertThat(PAGE)
                .containsSubsequence(
                        "Requests of the fault window",
                        "The slowest request: 1.51 s <small>trace 5f1a0c3b9d2e47680000000000000187<",
                        "<tr class=\"span failed\" tabindex=\"0\">",
                        "POST /pay, depth 3, failed: context deadline exceeded; http.request.method=POST",
                        "✗ failed",
                        "aria-label=\"from 1.6 ms to 502 ms\"",
                        "<tr class=\"span\" tabindex=\"0\">",
                        "<details class=\"requests\"><summary>Requests of the baseline window");
    }

    @Test
    @DisplayName("say what was left of deadlines: of each span that tells, and who had least")
    void deadlines() {
        assertThat(PAGE)
                .contains("<p>Least of a deadline was left at order-service: -3 ms")
                .containsSubsequence(
                        ">1.51 s</div><div class=\"below\">1.5 s left</div>", "<div class=\"below\">over by 3 ms</div>")
                .containsOnlyOnce(" left</div>");
    }

    @Test
    @DisplayName("name who lost the fault's id")
    void lost() {
        assertThat(PAGE).contains("<li>auth-service does not pass the fault&#39;s id on: 0 of 987");
    }

    @Test
    @DisplayName("of which none was received are said to be none")
    void none() {
        assertThat(page(new TraceResult(0, NotKept.NOTHING, List.of(), List.of(), "", List.of())))
                .contains("0 spans received, none was dropped.")
                .doesNotContain("<svg", "<table", "<h4");
    }

    @Test
    @DisplayName("are in JSON, a bound that there is none of as null")
    void json(@TempDir Path directory) throws IOException {
        ExperimentResult result =
                SampleResult.of("t").traces(SampleTraces.storm()).build();
        String json = ResultFiles.write(result);
        Files.writeString(directory.resolve("t.json"), json);

        assertThat(json).contains("\"upper\" : null", "\"upper\" : 1.016").doesNotContain("Infinity");
        assertThat(ResultFiles.readAll(directory).unreadable()).isEmpty();
        assertThat(ResultFiles.readAll(directory).results()).containsExactly(result);
    }

    @Test
    @DisplayName("are a few lines of the summary")
    void summary() {
        assertThat(Summary.text(
                        SampleResult.of("t").traces(SampleTraces.storm()).build()))
                .containsSubsequence(
                        "  traces      14,127 spans received, 12 dropped",
                        "order-service: POST /pay (client span) took 503 ms under the fault, 0.41 ms before",
                        "auth-service does not pass the fault's id on");
    }

    private static String page(TraceResult traces) {
        Html html = new Html();
        TraceSection.write(html, traces, new TraceLinks("t", traces), Optional.empty());
        return html.toString();
    }
}
