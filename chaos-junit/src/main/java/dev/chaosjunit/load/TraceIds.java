// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The traces that a load begins, a request each, by W3C Trace Context: what services tell of a request is found by its
 * number.
 *
 * @param load tells its traces from those of any other
 */
record TraceIds(long load) {
    static final String HEADER = "traceparent";

    private static final HexFormat HEX = HexFormat.of();
    private static final SecureRandom RANDOM = new SecureRandom();

    static TraceIds fresh() {
        return new TraceIds(RANDOM.nextLong() | 1); // not zero, which is no trace id
    }

    /** Of a request, 32 hexadecimal digits. */
    String id(int number) {
        return HEX.toHexDigits(load) + HEX.toHexDigits((long) number);
    }

    /** Sampled: whoever begins a trace wants to see it. */
    String parent(int number) {
        return "00-" + id(number) + "-" + HEX.toHexDigits(number + 1L) + "-01";
    }
}
