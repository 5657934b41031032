// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Size;
import java.util.Optional;

/**
 * How much memory is taken: one of the two.
 *
 * @param bytes so much
 * @param ofLimit of what the container may use, above 0%
 */
public record StressSize(Optional<Size> bytes, Optional<Percent> ofLimit) {

    /**
     * Parse {@code "256MiB"}, {@code "256Mi"} or {@code "80%"}.
     *
     * @throws IllegalArgumentException when the text has another form or is out of range
     */
    public static StressSize parse(String text) {
        if (!text.endsWith("%")) {
            return new StressSize(Optional.of(Size.parse(text)), Optional.empty());
        }
        Percent share = Percent.parse(text);
        if (Chance.ppm(share) < 1) {
            throw new IllegalArgumentException("size must be above 0% of the limit, but is " + share);
        }
        return new StressSize(Optional.empty(), Optional.of(share));
    }

    boolean isWholeLimit() {
        return ofLimit.filter(share -> share.fraction() >= 1).isPresent();
    }

    Words words() {
        return ofLimit.map(share -> Words.NONE.with("limit_ppm", Chance.ppm(share)))
                .orElseGet(() -> Words.NONE.with("size", bytes.orElseThrow().bytes()));
    }

    /** As it is written, {@code 80% of the limit}. */
    @Override
    public String toString() {
        return ofLimit.map(share -> share + " of the limit")
                .orElseGet(() -> bytes.orElseThrow().toString());
    }
}
