// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The {@code %XX} escapes of the line protocol, over the UTF-8 bytes of a value. */
final class Escaping {

    private static final String PLAIN = "-._~,:/*+@[]()<>";
    private static final String HEX = "0123456789ABCDEF";

    private Escaping() {}

    static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (byte b : value.getBytes(UTF_8)) {
            if (isPlain(b)) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return escaped.toString();
    }

    /** Undo {@link #escape}. A {@code %} that no two hex digits follow is taken as it is. */
    static String unescape(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
        byte[] in = value.getBytes(UTF_8);
        for (int i = 0; i < in.length; i++) {
            int code = in[i] == '%' ? hexAt(in, i + 1) : -1;
            bytes.write(code < 0 ? in[i] : code);
            if (code >= 0) {
                i += 2;
            }
        }
        return bytes.toString(UTF_8);
    }

    private static boolean isPlain(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || PLAIN.indexOf(b) >= 0;
    }

    private static int hexAt(byte[] in, int start) {
        if (start + 1 >= in.length) {
            return -1;
        }
        int high = Character.digit(in[start], 16);
        int low = Character.digit(in[start + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
