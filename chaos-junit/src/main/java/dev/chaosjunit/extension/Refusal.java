// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What happens where the machine cannot run chaos tests: skipped on a developer's desk, with the reasons; failed where
 * {@code CI} is set or {@code chaos.require} is true, so that no build is green by skipping.
 */
final class Refusal {
    private static final String REQUIRE = "chaos.require";

    private Refusal() {}

    static RuntimeException of(ExtensionContext context, RuntimeException reason) {
        boolean required = context.getConfigurationParameter(REQUIRE)
                .map(Boolean::parseBoolean)
                .orElse(System.getenv("CI") != null);
        return required
                ? reason
                : new TestAbortedException(
                        reason.getMessage() + System.lineSeparator() + "Skipped; set " + REQUIRE
                                + "=true to fail instead.",
                        reason);
    }
}
