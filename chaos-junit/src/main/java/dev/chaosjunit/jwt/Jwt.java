// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * A signed token (RFC 7515, compact form), its parts as they were written: what is not changed stays as it was, to the
 * letter.
 *
 * @param header base64url of the JOSE header
 * @param claims base64url of the claims
 * @param signature base64url of the signature, may be empty
 */
public record Jwt(String header, String claims, String signature) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PARTS = 3;

    /**
     * Take a token apart; whether its signature is right is not looked at.
     *
     * @throws IllegalArgumentException if it is no token in compact form
     */
    public static Jwt parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException(
                    "\"" + compact + "\" is no JSON Web Token: expected HEADER.CLAIMS.SIGNATURE");
        }
        Jwt token = new Jwt(parts[0], parts[1], parts[2]);
        token.readHeader();
        token.readClaims();
        return token;
    }

    /** The header; changing it changes nothing here. */
    public ObjectNode readHeader() {
        return read(header, "header");
    }

    /** The claims; changing them changes nothing here. */
    public ObjectNode readClaims() {
        return read(claims, "claims");
    }

    private static ObjectNode read(String part, String name) {
        try {
            if (JSON.readTree(Base64.getUrlDecoder().decode(part)) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the " + name + " of the token cannot be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the " + name + " of the token are no JSON object");
    }

    /** The same with another header; the signature stays, and so is wrong now. */
    public Jwt withHeader(Consumer<ObjectNode> change) {
        return new Jwt(changed(readHeader(), change), claims, signature);
    }

    /** The same with other claims; the signature stays, and so is wrong now. */
    public Jwt withClaims(Consumer<ObjectNode> change) {
        return new Jwt(header, changed(readClaims(), change), signature);
    }

    /** The same with other bytes as its signature. */
    public Jwt withSignature(byte[] bytes) {
        return new Jwt(header, claims, encode(bytes));
    }

    private static String changed(ObjectNode part, Consumer<ObjectNode> change) {
        change.accept(part);
        try {
            return encode(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the token cannot be written: " + e.getMessage(), e);
        }
    }

    /** What is signed. */
    byte[] signed() {
        return (header + "." + claims).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] signatureBytes() {
        return Base64.getUrlDecoder().decode(signature);
    }

    String algorithm() {
        return readHeader().path("alg").asText();
    }

    /** As it is sent. */
    public String compact() {
        return header + "." + claims + "." + signature;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
