// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** When a line was printed: RFC 3339, zap's ISO 8601 without a colon in its zone, or a number since 1970. */
final class LogTime {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private LogTime() {}

    /** Nanoseconds since 1970; 0 for what is no time. */
    static long nanos(String text) {
        try {
            return text.indexOf('-') > 0 && !text.contains("E-")
                    ? ChronoUnit.NANOS.between(
                            Instant.EPOCH, OffsetDateTime.parse(text, ISO).toInstant())
                    : number(new BigDecimal(text));
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return 0;
        }
    }

    /** Seconds, or of as many digits as milliseconds, microseconds or nanoseconds of our time have. */
    private static long number(BigDecimal since) {
        int digits = since.precision() - since.scale();
        if (digits <= 0 || digits > 19) {
            return 0;
        }
        int shift = digits <= 11 ? 9 : digits <= 14 ? 6 : digits <= 17 ? 3 : 0;
        return since.movePointRight(shift).longValue();
    }
}
