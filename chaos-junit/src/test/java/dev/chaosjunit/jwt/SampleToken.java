// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.quantity.Rate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Tokens that are good, and their keys. */
public final class SampleToken {
    /** As golang-jwt signed it, with {@link #SECRET}; session demo, good until the year 2100. */
    public static final String HS256 =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjQxMDI0NDQ4MDAsImp0aSI6ImRlbW8ifQ."
                    + "4xfvkeX0e2WV0j1fLcHpKmTj2ZbQN72BwciNwiXdSO8";

    public static final String SECRET = "chaos-junit-demo-secret-for-tests-only";

    static final KeyPair PAIR = pair();
    static final JwtKey RSA =
            new JwtKey(Optional.empty(), Optional.of(PAIR.getPrivate()), Optional.of((RSAPublicKey) PAIR.getPublic()));

    private SampleToken() {}

    /** One that claims all that can be claimed, signed by {@link #RSA}. */
    static Jwt rs256() {
        return RSA.sign(new Jwt(
                part("{\"alg\":\"RS256\",\"kid\":\"k1\"}"),
                part("{\"iss\":\"shop\",\"aud\":\"users\",\"sub\":\"1\",\"exp\":4102444800}"),
                ""));
    }

    /** A load that carries a token, 100/s; none where that is empty. */
    public static LoadSpec load(String token) {
        Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("authorization", "Bearer " + token);
        return new LoadSpec(URI.create("http://p/"), new Rate(100), "GET", headers, "", Duration.ofSeconds(2));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
