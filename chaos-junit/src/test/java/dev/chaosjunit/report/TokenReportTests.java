// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.TokenResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Mutated tokens in a report")
class TokenReportTests {
    private static final ExperimentResult RESULT = SampleResult.of("t")
            .tokens(List.of(
                    new TokenResult("http://p/", "EXPIRED", "401", Map.of("HTTP 401", 7L), 0, Outcome.PASSED, ""),
                    new TokenResult(
                            "http://p/",
                            "ALG_NONE",
                            "401",
                            Map.of("HTTP 200", 6L, "timeout", 1L),
                            0,
                            Outcome.FAILED,
                            "it accepts alg: none")))
            .build();

    @Test
    @DisplayName("are a table, mutation by answer")
    void page() {
        Html html = new Html();
        TokenSection.write(html, RESULT.tokens());

        assertThat(html.toString())
                .contains(">HTTP 200</th>", ">HTTP 401</th>", ">timeout</th>")
                .containsSubsequence(">EXPIRED<", ">HTTP 401<", ">0<", ">7<", ">0<")
                .containsSubsequence(">ALG_NONE<", ">HTTP 401<", ">6<", ">0<", ">1<", ">it accepts alg: none<");
    }

    @Test
    @DisplayName("are a line each in the summary, the wrong ones first")
    void summary() {
        assertThat(Summary.text(RESULT))
                .containsSubsequence(
                        "  tokens      FAILED ALG_NONE: 6 × HTTP 200, 1 × timeout, wanted HTTP 401",
                        "EXPIRED: 7 × HTTP 401, wanted HTTP 401");
    }
}
