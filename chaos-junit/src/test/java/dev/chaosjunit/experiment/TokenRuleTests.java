// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.jwt.MutatedLoad;
import dev.chaosjunit.jwt.Mutation;
import dev.chaosjunit.jwt.SampleToken;
import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.TokenResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Answers to a mutated token")
class TokenRuleTests {

    @Test
    @DisplayName("pass where each has the status that was wanted")
    void passed() {
        TokenResult result = judge("401, 403", sent("HTTP 401"), sent("HTTP 403"), sent("HTTP 401"));

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.answers()).isEqualTo(Map.of("HTTP 401", 2L, "HTTP 403", 1L));
        assertThat(result.wanted()).isEqualTo("401, 403");
        assertThat(result.detail()).isEmpty();
        assertThat(result.sent()).isEqualTo(3);
    }

    @Test
    @DisplayName("fail by a single one that has another, the most frequent named first")
    void failed() {
        assertThat(judge("401", sent("HTTP 401"), sent("HTTP 500"), sent("HTTP 200"), sent("HTTP 200")))
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.FAILED))
                .extracting(TokenResult::detail)
                .isEqualTo("with a token that is EXPIRED, wanted HTTP 401, came 2 × HTTP 200, 1 × HTTP 500:"
                        + " it does not check exp");
        assertThat(judge("401", sent("HTTP 500")).detail())
                .endsWith("came 1 × HTTP 500: it fails at such a token instead of refusing it");
        assertThat(judge("401", sent("timeout")).detail())
                .endsWith("came 1 × timeout: it gives no answer to such a token in time");
        assertThat(judge("200-399", sent("HTTP 199"), sent("HTTP 400")).answers())
                .hasSize(2);
        assertThat(judge("200-399", sent("HTTP 200"), sent("HTTP 399")).outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    @DisplayName("decide nothing where none was sent, or one could not be")
    void inconclusive() {
        assertThat(judge("401"))
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE))
                .extracting(TokenResult::detail)
                .isEqualTo("no request with a token that is EXPIRED was sent");
        assertThat(judge("401", sent("HTTP 401"), new Sample(1, 1, "load generator late", false)))
                .satisfies(result -> assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE))
                .satisfies(result -> assertThat(result.unsent()).isEqualTo(1))
                .extracting(TokenResult::detail)
                .isEqualTo("1 requests with a token that is EXPIRED could not be sent by the load generator");
    }

    private static Sample sent(String kind) {
        return new Sample(1, 1, kind, true);
    }

    private static TokenResult judge(String wanted, Sample... samples) {
        List<Sample> all = Arrays.asList(samples);
        return TokenRule.judge(
                new MutatedLoad(Mutation.EXPIRED, Expected.parse(wanted), SampleToken.load(SampleToken.HS256)), all);
    }
}
