// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe.trace;

import java.util.HexFormat;
import java.util.Optional;

/**
 * W3C's and OpenTelemetry's name of a trace: 16 bytes, not all of them zero.
 *
 * @param high its first 8 bytes
 * @param low its last 8 bytes
 */
public record TraceId(long high, long low) {
    private static final HexFormat HEX = HexFormat.of();

    /** Refuses nothing but the id that W3C calls invalid. */
    public TraceId {
        if (high == 0 && low == 0) {
            throw new IllegalArgumentException("a trace id of zeros names no trace");
        }
    }

    /** The id of 32 hex digits; empty for anything else, and for zeros. */
    public static Optional<TraceId> parse(String hex) {
        if (hex.length() != 32 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return Optional.empty();
        }
        long high = HexFormat.fromHexDigitsToLong(hex, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(hex, 16, 32);
        return high == 0 && low == 0 ? Optional.empty() : Optional.of(new TraceId(high, low));
    }

    /** 32 hex digits, in lower case. */
    @Override
    public String toString() {
        return HEX.toHexDigits(high) + HEX.toHexDigits(low);
    }
}
