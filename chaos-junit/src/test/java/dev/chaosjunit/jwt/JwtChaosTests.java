// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.load.Expected;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("@JwtChaos")
class JwtChaosTests {
    private static final JwtMutation OWN = new JwtMutation() {
        @Override
        public String name() {
            return "own";
        }

        @Override
        public String expectStatus() {
            return "400-401";
        }

        @Override
        public String habit() {
            return "takes anything";
        }

        @Override
        public String mutate(Forge forge) {
            return "anything";
        }
    };

    @Test
    @DisplayName(
            "does all that can be done with a token and its key, at its share of the load's rate, and says what cannot")
    void all() {
        JwtChaos.Made made = chaos(List.of(), Optional.of(JwtKey.parse(SampleToken.SECRET)), Map.of())
                .make(List.of(SampleToken.load(""), SampleToken.load(SampleToken.HS256)), Instant.now());

        assertThat(made.loads())
                .extracting(load -> load.mutation().name())
                .containsExactly(
                        "EXPIRED",
                        "NOT_YET_VALID",
                        "CLAIMS_CHANGED",
                        "SIGNATURE_CHANGED",
                        "SIGNATURE_CUT",
                        "SIGNATURE_EMPTY",
                        "ALG_NONE");
        assertThat(made.loads().stream()
                        .mapToDouble(load -> load.spec().rate().perSecond())
                        .sum())
                .isCloseTo(20, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(made.loads()).allSatisfy(load -> {
            assertThat(load.spec().headers()).containsOnlyKeys("authorization");
            assertThat(load.spec().expected().statuses()).isEmpty();
        });
        assertThat(made.leftOut()).hasSize(6).contains("@JwtChaos OTHER_USER cannot be done: the token claims no sub.");
    }

    @Test
    @DisplayName("wants the status of a mutation, unless the test says another")
    void statuses() {
        JwtChaos chaos = new JwtChaos(
                List.of(Mutation.ALG_NONE, Mutation.SIGNATURE_CUT),
                List.of(OWN),
                new Percent(1),
                Duration.ofSeconds(1),
                Optional.empty(),
                Duration.ZERO,
                "2",
                Map.of("ALG_NONE", Expected.parse("403")));

        assertThat(chaos.make(List.of(SampleToken.load(SampleToken.HS256)), Instant.now())
                        .loads())
                .extracting(load -> load.wanted().toString())
                .containsExactly("[403]", "[401]", "[400-401]");
        assertThat(chaos.describe())
                .isEqualTo("JwtChaos ALG_NONE, SIGNATURE_CUT, own, 100% of each load beside it for 1s");
    }

    @Test
    @DisplayName("refuses what cannot be done but was asked for, and what there is nothing to be done with")
    void refused() {
        refused(
                chaos(List.of(Mutation.EXPIRED), Optional.empty(), Map.of()),
                SampleToken.load(SampleToken.HS256),
                "@JwtChaos EXPIRED cannot be done: it has to be signed: set key to what good tokens are signed with");
        refused(
                chaos(List.of(), Optional.empty(), Map.of()),
                SampleToken.load(""),
                "@JwtChaos: no @Load carries a token that could be mutated: expected a header"
                        + " \"Authorization: Bearer TOKEN\", or tokenFrom");
        refused(
                chaos(List.of(), Optional.of(JwtKey.parse("another")), Map.of()),
                SampleToken.load(SampleToken.HS256),
                "@JwtChaos(key) is not what the load's token (HS256) was signed with");
        refused(
                chaos(List.of(), Optional.empty(), Map.of()),
                SampleToken.load("opaque"),
                "\"opaque\" is no JSON Web Token: expected HEADER.CLAIMS.SIGNATURE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chaos(List.of(Mutation.ALG_NONE), Optional.empty(), Map.of("NONE", List.of())))
                .withMessage("expect names [NONE], which are not among the mutations");
    }

    @Test
    @DisplayName("leaves a load its own token, and gives others the test's")
    void given() {
        LoadSpec own = SampleToken.load("own");
        assertThat(Bearer.given(own, "test's")).isEqualTo(own);
        assertThat(Bearer.given(SampleToken.load(""), "test's"))
                .satisfies(load -> assertThat(load.headers()).isEqualTo(Map.of("Authorization", "Bearer test's")))
                .satisfies(load -> assertThat(load.expected()).isEqualTo(Expected.NO_ERROR));
    }

    private static void refused(JwtChaos chaos, LoadSpec load, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chaos.make(List.of(load), Instant.now()))
                .withMessage(why);
    }

    private static JwtChaos chaos(
            List<Mutation> mutations, Optional<JwtKey> key, Map<String, List<Expected.Statuses>> expect) {
        return new JwtChaos(
                mutations, List.of(), new Percent(0.2), Duration.ofSeconds(10), key, Duration.ZERO, "2", expect);
    }
}
