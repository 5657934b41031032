// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What services get to see sooner or later, by accident or by intent (RFC 8725 has most of it). */
public enum Mutation implements JwtMutation {
    /** {@code exp} an hour ago, and signed. */
    EXPIRED("401", "does not check exp"),

    /** {@code exp} a second before the first request, and signed: good within the leeway for clocks. */
    CLOCK_SKEW("200", "has no leeway for clocks"),

    /** {@code nbf} in an hour, and signed. */
    NOT_YET_VALID("401", "does not check nbf"),

    /** A claim {@code "admin": true} more, with the signature of what was there before. */
    CLAIMS_CHANGED("401", "does not check signatures"),

    /** One bit of the signature changed. */
    SIGNATURE_CHANGED("401", "does not check signatures"),

    /** The first half of the signature. */
    SIGNATURE_CUT("401", "does not check signatures"),

    /** No signature. */
    SIGNATURE_EMPTY("401", "does not check signatures"),

    /** {@code alg: none}, and no signature. */
    ALG_NONE("401", "accepts alg: none, so that anybody can write tokens"),

    /** HS256 with the PEM of the RSA public key as its secret. */
    KEY_CONFUSION("401", "takes its public key for a secret, so that anybody can sign tokens"),

    /** A {@code kid} that nobody knows, and signed. */
    UNKNOWN_KEY("401", "does not look at kid"),

    /** {@code iss} of somebody else, and signed. */
    OTHER_ISSUER("401", "does not check iss"),

    /** {@code aud} of another service, and signed. */
    OTHER_AUDIENCE("401", "does not check aud"),

    /** {@code sub} of another user, and signed: good, but not for this request. */
    OTHER_USER("403", "lets users at what is not theirs");

    private final String expectStatus;
    private final String habit;

    Mutation(String expectStatus, String habit) {
        this.expectStatus = expectStatus;
        this.habit = habit;
    }

    @Override
    public String expectStatus() {
        return expectStatus;
    }

    @Override
    public String habit() {
        return habit;
    }

    @Override
    public String mutate(Forge forge) {
        return made(forge).compact();
    }

    private Jwt made(Forge forge) {
        Jwt token = forge.token();
        return switch (this) {
            case EXPIRED -> forge.reissued(claims -> claims.put("exp", forge.secondsFromNow(Duration.ofHours(-1))));
            case CLOCK_SKEW -> skewed(forge);
            case NOT_YET_VALID ->
                forge.reissued(claims -> claims.put("nbf", forge.secondsFromNow(Duration.ofHours(1))));
            case CLAIMS_CHANGED -> token.withClaims(claims -> claims.put("admin", true));
            case SIGNATURE_CHANGED -> token.withSignature(flipped(token.signatureBytes()));
            case SIGNATURE_CUT -> token.withSignature(half(token.signatureBytes()));
            case SIGNATURE_EMPTY -> token.withSignature(new byte[0]);
            case ALG_NONE ->
                token.withHeader(header -> header.put("alg", "none")).withSignature(new byte[0]);
            case KEY_CONFUSION -> confused(forge);
            case UNKNOWN_KEY -> unknownKey(forge);
            case OTHER_ISSUER -> forge.reissuedWith("iss", "another-issuer");
            case OTHER_AUDIENCE -> forge.reissuedWith("aud", "another-audience");
            case OTHER_USER -> forge.reissuedWith("sub", forge.otherUser());
        };
    }

    private static Jwt skewed(Forge forge) {
        Duration oldest = forge.lasts().plusSeconds(2); // a second before the first, and what is cut off of moments
        if (forge.leeway().compareTo(oldest) < 0) {
            throw new IllegalArgumentException("a leeway of " + forge.leeway().toSeconds()
                    + "s is over before the last request: it takes " + oldest.toSeconds() + "s, or a shorter duration");
        }
        return forge.reissued(claims -> claims.put("exp", forge.secondsFromNow(Duration.ofSeconds(-1))));
    }

    private static Jwt confused(Forge forge) {
        String secret = forge.key()
                .flatMap(JwtKey::publicPem)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no RSA key that could be taken for a secret"));
        return new JwtKey(Optional.of(secret), Optional.empty(), Optional.empty())
                .sign(forge.token().withHeader(header -> header.put("alg", "HS256")));
    }

    private static Jwt unknownKey(Forge forge) {
        if (!forge.token().readHeader().has("kid")) {
            throw new IllegalArgumentException("the token names no kid");
        }
        return forge.signed(forge.token().withHeader(header -> header.put("kid", "unknown-key")));
    }

    private static byte[] flipped(byte[] signature) {
        byte[] changed = signed(signature).clone();
        changed[0] ^= 1;
        return changed;
    }

    private static byte[] half(byte[] signature) {
        return Arrays.copyOf(signed(signature), signature.length / 2);
    }

    private static byte[] signed(byte[] signature) {
        if (signature.length == 0) {
            throw new IllegalArgumentException("the token has no signature");
        }
        return signature;
    }
}
