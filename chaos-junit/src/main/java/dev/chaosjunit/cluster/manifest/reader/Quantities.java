// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest.reader;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Kubernetes' amounts, such as {@code 100m} and {@code 64Mi}. */
final class Quantities {
    private static final Pattern SYNTAX =
            Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?");

    private Quantities() {}

    static OptionalLong thousandths(String text) {
        return rounded(amount(text).map(amount -> amount.movePointRight(3)));
    }

    static OptionalLong whole(String text) {
        return rounded(amount(text));
    }

    /** The amount; empty for what is none. */
    static Optional<BigDecimal> amount(String text) {
        return SYNTAX.matcher(text).matches()
                ? Optional.of(Quantity.parse(text).getNumericalAmount())
                : Optional.empty();
    }

    static boolean exceeds(String text, String limit) {
        return amount(text)
                .flatMap(one -> amount(limit).map(other -> one.compareTo(other) > 0))
                .orElse(false);
    }

    private static OptionalLong rounded(Optional<BigDecimal> amount) {
        return amount.map(number ->
                        OptionalLong.of(number.setScale(0, RoundingMode.CEILING).longValue()))
                .orElse(OptionalLong.empty());
    }
}
