// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A key of tokens")
class JwtKeyTests {

    @Test
    @DisplayName("knows what was signed with it, and signs as others do")
    void secret() {
        JwtKey key = JwtKey.parse(SampleToken.SECRET);
        Jwt token = Jwt.parse(SampleToken.HS256);

        assertThat(key.signed(token)).isTrue();
        assertThat(key.sign(token.withSignature(new byte[0])).compact()).isEqualTo(SampleToken.HS256);
        assertThat(JwtKey.parse("another").signed(token)).isFalse();
        assertThat(key.publicPem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    @DisplayName("may be a pair of RSA keys, read from PEM")
    void rsa(String algorithm) {
        JwtKey key = JwtKey.parse(
                "\n" + pem("PRIVATE KEY", SampleToken.PAIR.getPrivate().getEncoded()));
        Jwt token = key.sign(SampleToken.rs256().withHeader(header -> header.put("alg", algorithm)));

        assertThat(SampleToken.RSA.signed(token)).isTrue();
        assertThat(key.signed(token.withClaims(claims -> claims.put("admin", true))))
                .isFalse();
        assertThat(key.publicPem())
                .contains(pem("PUBLIC KEY", SampleToken.PAIR.getPublic().getEncoded()));
    }

    @Test
    @DisplayName("that everybody may know checks, and does not sign")
    void publicKey() {
        JwtKey key = JwtKey.parse(pem("PUBLIC KEY", SampleToken.PAIR.getPublic().getEncoded()));

        assertThat(key.signed(SampleToken.rs256())).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.sign(SampleToken.rs256()))
                .withMessage("the key does not sign by RS256: it is a public one");
    }

    @Test
    @DisplayName("signs and knows nothing of another algorithm")
    void otherAlgorithm() {
        Jwt token = SampleToken.rs256().withHeader(header -> header.put("alg", "ES256"));

        assertThat(SampleToken.RSA.signed(token)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleToken.RSA.sign(token))
                .withMessage("the key does not sign by ES256");
    }

    @Test
    @DisplayName("that cannot be read is refused with what would be")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.parse(pem("RSA PRIVATE KEY", new byte[] {1})))
                .withMessageContaining("is a RSA PRIVATE KEY: expected a PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.parse(pem("PUBLIC KEY", new byte[] {1})))
                .withMessageStartingWith("the key is no RSA key: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtKey.parse("-----BEGIN PUBLIC KEY-----\n"))
                .withMessage("the key is no PEM: expected one block from BEGIN to END");
    }

    private static String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
