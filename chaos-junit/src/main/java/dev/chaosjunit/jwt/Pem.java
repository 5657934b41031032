// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.jwt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RSA keys as text (RFC 7468). */
final class Pem {
    private static final Pattern FORM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int LINE = 64;

    private Pem() {}

    static JwtKey read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the key is no PEM: expected one block from BEGIN to END");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(2));
        try {
            return switch (matcher.group(1)) {
                case "PRIVATE KEY" -> pair(bytes);
                case "PUBLIC KEY" ->
                    new JwtKey(Optional.empty(), Optional.empty(), Optional.of((RSAPublicKey)
                            rsa().generatePublic(new X509EncodedKeySpec(bytes))));
                default ->
                    throw new IllegalArgumentException(
                            "the key is a " + matcher.group(1)
                                    + ": expected a PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt makes one) or a PUBLIC KEY of RSA");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is no RSA key: " + e.getMessage(), e);
        }
    }

    private static JwtKey pair(byte[] bytes) throws GeneralSecurityException {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa().generatePrivate(new PKCS8EncodedKeySpec(bytes));
        var known = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
        return new JwtKey(Optional.empty(), Optional.of(key), Optional.of((RSAPublicKey) rsa().generatePublic(known)));
    }

    private static KeyFactory rsa() throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA");
    }

    static String write(RSAPublicKey key) {
        Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN PUBLIC KEY-----\n" + lines.encodeToString(key.getEncoded()) + "\n-----END PUBLIC KEY-----\n";
    }
}
