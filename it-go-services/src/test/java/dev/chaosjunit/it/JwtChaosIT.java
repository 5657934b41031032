// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.JwtChaos;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.jwt.Forge;
import dev.chaosjunit.jwt.JwtMutation;
import dev.chaosjunit.jwt.Mutation;
import dev.chaosjunit.slo.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName("Requests with mutated tokens")
class JwtChaosIT {
    private static final String DEMO = "Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
            + "eyJleHAiOjQxMDI0NDQ4MDAsImp0aSI6ImRlbW8ifQ.4xfvkeX0e2WV0j1fLcHpKmTj2ZbQN72BwciNwiXdSO8";

    @Test
    @Tag("both")
    @DisplayName("each get their status, while good ones meet their SLO; services that check tokens badly are found")
    void tokens() throws IOException {
        Map<String, Throwable> failures = Fixtures.failures(TokensTestCase.class);

        assertThat(failures).containsOnlyKeys("unsigned", "unexpired", "panicking");
        assertThat(failures.values()).allMatch(AssertionFailedError.class::isInstance);
        assertThat(failures.get("unsigned"))
                .hasMessageContaining("with a token that is ALG_NONE, wanted HTTP 401, came ")
                .hasMessageContaining(" × HTTP 200: it accepts alg: none, so that anybody can write tokens.");
        assertThat(failures.get("unexpired"))
                .hasMessageContaining("with a token that is EXPIRED, wanted HTTP 401, came ")
                .hasMessageContaining(" × HTTP 200: it does not check exp.");
        assertThat(failures.get("panicking"))
                .hasMessageContaining("with a token that is SIGNATURE_CHANGED, wanted HTTP 401, came ")
                .hasMessageContaining(" × HTTP 500: it fails at such a token instead of refusing it.");
        assertThat(answers("TokensTestCase.checked"))
                .hasSize(Mutation.values().length)
                .allSatisfy((mutation, answer) -> assertThat(answer)
                        .isEqualTo("HTTP " + Mutation.valueOf(mutation).expectStatus()));
    }

    @Test
    @DisplayName("while the session cannot be looked up, with a secret, a mutation and a status of the test's own")
    void secret() throws IOException {
        Fixtures.succeeds(SecretTestCase.class);

        assertThat(answers("SecretTestCase.duringDnsChaos"))
                .isEqualTo(Map.of("EXPIRED", "HTTP 401", "a dot more", "HTTP 401"));
    }

    /** What was answered to each mutation. */
    private static Map<String, String> answers(String id) throws IOException {
        JsonNode tokens = Report.of(id).json().at("/tokens");
        return StreamSupport.stream(tokens.spliterator(), false)
                .collect(Collectors.toMap(
                        token -> token.at("/mutation").asText(),
                        token -> String.join(", ", (Iterable<String>)
                                () -> token.at("/answers").fieldNames())));
    }

    @ChaosTest(manifests = "classpath:tokens.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    @JwtChaos(key = "classpath:tokens-test-only.pem", tokenFrom = "token", leeway = "30s", duration = "3s")
    @Slo(errorRate = "5%")
    @Slo(phase = Phase.FAULT, p95 = "500ms", errorRate = "2%")
    static class TokensTestCase {
        /** Subject 1, of issuer shop for users, session demo, until the year 2100. */
        static String token() {
            try (InputStream in = JwtChaosIT.class.getResourceAsStream("/tokens-good.jwt")) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        @Load(url = "http://user-api/users/1", rate = "100/s")
        void checked() {}

        @Test
        @Load(url = "http://unsigned/users/1", rate = "100/s")
        void unsigned() {}

        @Test
        @Load(url = "http://unexpired/users/1", rate = "100/s")
        void unexpired() {}

        @Test
        @Load(url = "http://panicking/users/1", rate = "100/s")
        void panicking() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s", headers = DEMO)
    @Slo(errorRate = "2%")
    static class SecretTestCase {
        @Test
        @DnsChaos(
                selector = "app=user-api",
                patterns = "auth-service.default.svc.cluster.local",
                action = DnsAction.NXDOMAIN,
                duration = "3s")
        @JwtChaos(
                mutations = Mutation.EXPIRED,
                custom = ADotMore.class,
                key = "chaos-junit-demo-secret-for-tests-only",
                expect = "a dot more: 400-401",
                duration = "3s")
        @Slo(phase = Phase.FAULT, errorRate = "2%")
        void duringDnsChaos() {}
    }

    /** No token at all, to whoever counts its parts. */
    public static class ADotMore implements JwtMutation {
        @Override
        public String name() {
            return "a dot more";
        }

        @Override
        public String expectStatus() {
            return "400";
        }

        @Override
        public String habit() {
            return "does not count parts";
        }

        @Override
        public String mutate(Forge forge) {
            return forge.token().compact() + ".";
        }
    }
}
