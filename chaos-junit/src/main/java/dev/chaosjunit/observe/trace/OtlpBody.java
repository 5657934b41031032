// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The bytes of a request over HTTP, within bounds, whatever its sender says of their number. */
final class OtlpBody {
    /** On the wire: 4 MiB. */
    static final int MOST_SENT = 4 << 20;
    /** Unpacked, as a collector of OpenTelemetry takes: 20 MiB. */
    static final int MOST_UNPACKED = 20 << 20;

    private static final int MOST_SKIPPED = 16 << 20;

    private OtlpBody() {}

    /** More than is taken. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int most) {
            super("a body of more than " + (most >> 20) + " MiB");
        }
    }

    /** What was sent; of one that is too long the rest is passed over, so that its sender comes to read the answer. */
    static byte[] sent(InputStream body) throws IOException {
        byte[] sent = body.readNBytes(MOST_SENT);
        if (body.read() >= 0) {
            body.skip(MOST_SKIPPED);
            throw new TooLongException(MOST_SENT);
        }
        return sent;
    }

    /** What was packed by gzip. */
    static byte[] unpacked(byte[] sent) throws IOException {
        try (InputStream packed = new GZIPInputStream(new ByteArrayInputStream(sent), 1 << 14)) {
            byte[] unpacked = packed.readNBytes(MOST_UNPACKED);
            if (packed.read() >= 0) {
                throw new TooLongException(MOST_UNPACKED);
            }
            return unpacked;
        }
    }
}
