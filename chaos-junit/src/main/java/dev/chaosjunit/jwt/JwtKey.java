// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What good tokens are signed with (RFC 7518): a secret (HS256, HS384, HS512) or a pair of RSA keys (RS256, RS384, RS512).
 *
 * @param secret of HMAC
 * @param signing the RSA key that signs
 * @param checking the one that everybody may know
 */
public record JwtKey(Optional<String> secret, Optional<PrivateKey> signing, Optional<RSAPublicKey> checking) {

    /**
     * Take a key from its text.
     *
     * @param text PEM of an RSA key, private (PKCS #8) or public; any other text is a secret
     * @throws IllegalArgumentException if PEM cannot be read
     */
    public static JwtKey parse(String text) {
        return text.strip().startsWith("-----BEGIN ")
                ? Pem.read(text.strip())
                : new JwtKey(Optional.of(text), Optional.empty(), Optional.empty());
    }

    /** PEM of the public key, which a service that mixes keys up takes for a secret. */
    Optional<String> publicPem() {
        return checking.map(Pem::write);
    }

    /**
     * Sign what a token says.
     *
     * @throws IllegalArgumentException if this is no key for its algorithm
     */
    Jwt sign(Jwt token) {
        String algorithm = token.algorithm();
        try {
            if (secret.isPresent() && algorithm.startsWith("HS")) {
                return token.withSignature(hmac(secret.get(), bits(algorithm), token.signed()));
            }
            if (signing.isPresent() && algorithm.startsWith("RS")) {
                Signature signature = Signature.getInstance("SHA" + bits(algorithm) + "withRSA");
                signature.initSign(signing.get());
                signature.update(token.signed());
                return token.withSignature(signature.sign());
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot sign by " + algorithm + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the key does not sign by " + algorithm
                + (checking.isPresent() && signing.isEmpty() ? ": it is a public one" : ""));
    }

    /** Whether a token was signed with this. */
    boolean signed(Jwt token) {
        String algorithm = token.algorithm();
        try {
            if (checking.isPresent() && algorithm.startsWith("RS")) {
                Signature signature = Signature.getInstance("SHA" + bits(algorithm) + "withRSA");
                signature.initVerify(checking.get());
                signature.update(token.signed());
                return signature.verify(token.signatureBytes());
            }
            return secret.isPresent()
                    && algorithm.startsWith("HS")
                    && MessageDigest.isEqual(
                            hmac(secret.get(), bits(algorithm), token.signed()), token.signatureBytes());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String bits(String algorithm) {
        return algorithm.substring(2);
    }

    private static byte[] hmac(String secret, String bits, byte[] signed) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + bits);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HMAC"));
        return mac.doFinal(signed);
    }

    /** Names no secret: this may stand in a log. */
    @Override
    public String toString() {
        return secret.isPresent() ? "a secret" : signing.isPresent() ? "an RSA key" : "a public RSA key";
    }
}
