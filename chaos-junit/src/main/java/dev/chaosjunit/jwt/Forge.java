// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a mutation can do with a good token.
 *
 * @param token the good one
 * @param key what it was signed with, if that is known
 * @param now the moment when the first request is sent
 * @param lasts for how long requests are sent
 * @param leeway how far clocks may be apart, by the service's word; zero for not at all
 * @param otherUser subject of another user's token
 */
public record Forge(Jwt token, Optional<JwtKey> key, Instant now, Duration lasts, Duration leeway, String otherUser) {

    /**
     * The token with other claims, and signed as its issuer would sign it.
     *
     * @throws IllegalArgumentException if the key is not known
     */
    public Jwt reissued(Consumer<ObjectNode> change) {
        return signed(token.withClaims(change));
    }

    /**
     * The same where a claim is there to be changed.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Jwt reissuedWith(String claim, String value) {
        if (!token.readClaims().has(claim)) {
            throw new IllegalArgumentException("the token claims no " + claim);
        }
        return reissued(claims -> claims.put(claim, value));
    }

    /**
     * Signed as its issuer would sign it.
     *
     * @throws IllegalArgumentException if the key is not known
     */
    public Jwt signed(Jwt changed) {
        return key.orElseThrow(() -> new IllegalArgumentException(
                        "it has to be signed: set key to what good tokens are signed with"))
                .sign(changed);
    }

    long secondsFromNow(Duration time) {
        return now.plus(time).getEpochSecond();
    }
}
