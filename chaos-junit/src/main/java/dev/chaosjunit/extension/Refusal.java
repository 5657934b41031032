// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static dev.chaosjunit.ChaosParameters.REQUIRE;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What happens where the machine cannot run chaos tests: skipped on a developer's desk, with the reasons; failed where
 * {@code CI} is set or {@code chaos.require} is true, so that no build is green by skipping.
 */
final class Refusal {
    private Refusal() {}

    static RuntimeException of(ExtensionContext context, RuntimeException reason) {
        return required(context)
                ? reason
                : new TestAbortedException(
                        reason.getMessage() + System.lineSeparator() + "Skipped; set " + REQUIRE
                                + "=true to fail instead.",
                        reason);
    }

    /** A value that is neither is refused: taken for false, it would turn failures into skips. */
    private static boolean required(ExtensionContext context) {
        String value = context.getConfigurationParameter(REQUIRE)
                .orElseGet(() -> Boolean.toString(System.getenv("CI") != null));
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new ExtensionConfigurationException(
                        "the configuration parameter " + REQUIRE + " must be true or false, but is \"" + value + "\"");
        };
    }
}
