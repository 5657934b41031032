// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.observe.trace.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The requests that a service's metrics name as examples, in OpenMetrics' format. */
record Exemplars(List<String> labels) {
    private static final Pattern EXEMPLAR = Pattern.compile("# \\{([^}]*trace_id=[^}]*)}");
    private static final Pattern TRACE = Pattern.compile("trace_id=\"([0-9a-f]{32})\"");

    static Exemplars of(String service, ChaosRun run) {
        String text = given().baseUri(run.service(service).url("admin"))
                .accept("application/openmetrics-text; version=1.0.0")
                .get("/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return new Exemplars(
                EXEMPLAR.matcher(text).results().map(match -> match.group(1)).toList());
    }

    /** Those that name one of the requests of some spans carry an id, and there are some. */
    void assertCarry(String id, List<Span> spans) {
        Set<String> requests =
                spans.stream().map(span -> span.trace().toString()).collect(Collectors.toSet());
        List<String> ours = labels.stream()
                .filter(label ->
                        TRACE.matcher(label).results().map(MatchResult::group).count() == 1)
                .filter(label -> requests.contains(traceOf(label)))
                .toList();
        assertThat(ours).as("exemplars among %s", labels).isNotEmpty();
        assertThat(ours).allSatisfy(label -> assertThat(label).contains("chaos_id=\"" + id + "\""));
    }

    private static String traceOf(String label) {
        return TRACE.matcher(label).results().findFirst().orElseThrow().group(1);
    }
}
