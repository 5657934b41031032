// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A mutation of a token")
class MutationTests {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final Jwt GOOD = SampleToken.rs256();

    @ParameterizedTest
    @EnumSource(
            names = {
                "EXPIRED",
                "CLOCK_SKEW",
                "NOT_YET_VALID",
                "UNKNOWN_KEY",
                "OTHER_ISSUER",
                "OTHER_AUDIENCE",
                "OTHER_USER"
            })
    @DisplayName("of what a token says is signed, so that nothing else is wrong")
    void signed(Mutation mutation) {
        Jwt token = made(mutation);

        assertThat(SampleToken.RSA.signed(token)).isTrue();
        assertThat(token).isNotEqualTo(GOOD);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CLAIMS_CHANGED",
                "SIGNATURE_CHANGED",
                "SIGNATURE_CUT",
                "SIGNATURE_EMPTY",
                "ALG_NONE",
                "KEY_CONFUSION"
            })
    @DisplayName("of how it is signed is not")
    void unsigned(Mutation mutation) {
        assertThat(SampleToken.RSA.signed(made(mutation))).isFalse();
    }

    @Test
    @DisplayName("moves its times by what it is called after")
    void times() {
        assertThat(made(Mutation.EXPIRED).readClaims().get("exp").asLong()).isEqualTo(1_000_000 - 3600);
        assertThat(made(Mutation.CLOCK_SKEW).readClaims().get("exp").asLong()).isEqualTo(1_000_000 - 1);
        assertThat(made(Mutation.NOT_YET_VALID).readClaims().get("nbf").asLong())
                .isEqualTo(1_000_000 + 3600);
    }

    @Test
    @DisplayName("changes one thing, and leaves the rest as it was to the letter")
    void rest() {
        Jwt none = made(Mutation.ALG_NONE);
        assertThat(none.algorithm()).isEqualTo("none");
        assertThat(none.claims()).isEqualTo(GOOD.claims());
        assertThat(none.compact()).endsWith(".");
        assertThat(made(Mutation.SIGNATURE_EMPTY).compact()).isEqualTo(GOOD.header() + "." + GOOD.claims() + ".");
        assertThat(GOOD.signatureBytes())
                .startsWith(made(Mutation.SIGNATURE_CUT).signatureBytes());
        assertThat(made(Mutation.CLAIMS_CHANGED).signature()).isEqualTo(GOOD.signature());
        assertThat(made(Mutation.UNKNOWN_KEY).claims()).isEqualTo(GOOD.claims());
    }

    @Test
    @DisplayName("takes the PEM of the public key for a secret")
    void confusion() {
        String pem = SampleToken.RSA.publicPem().orElseThrow();
        assertThat(JwtKey.parse("x").signed(made(Mutation.KEY_CONFUSION))).isFalse();
        assertThat(new JwtKey(Optional.of(pem), Optional.empty(), Optional.empty())
                        .signed(made(Mutation.KEY_CONFUSION)))
                .isTrue();
    }

    @Test
    @DisplayName("that cannot be done says why")
    void refused() {
        Jwt plain = Jwt.parse(SampleToken.HS256);
        Forge keyless = new Forge(plain, Optional.empty(), NOW, Duration.ofSeconds(10), Duration.ZERO, "other");
        refused(Mutation.EXPIRED, keyless, "it has to be signed: set key to what good tokens are signed with");
        refused(Mutation.KEY_CONFUSION, keyless, "there is no RSA key that could be taken for a secret");
        refused(Mutation.UNKNOWN_KEY, keyless, "the token names no kid");
        refused(Mutation.OTHER_ISSUER, keyless, "the token claims no iss");
        refused(
                Mutation.CLOCK_SKEW,
                keyless,
                "a leeway of 0s is over before the last request: it takes 12s, or a shorter duration");
        Forge bare = new Forge(
                plain.withSignature(new byte[0]), Optional.empty(), NOW, Duration.ofSeconds(10), Duration.ZERO, "o");
        for (Mutation mutation : EnumSet.of(Mutation.SIGNATURE_CHANGED, Mutation.SIGNATURE_CUT)) {
            refused(mutation, bare, "the token has no signature");
        }
    }

    private static void refused(Mutation mutation, Forge forge, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mutation.mutate(forge))
                .withMessage(why);
    }

    private static Jwt made(Mutation mutation) {
        Duration lasts = Duration.ofSeconds(8);
        return Jwt.parse(mutation.mutate(
                new Forge(GOOD, Optional.of(SampleToken.RSA), NOW, lasts, Duration.ofSeconds(10), "2")));
    }
}
