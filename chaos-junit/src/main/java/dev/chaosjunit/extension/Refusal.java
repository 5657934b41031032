// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static dev.chaosjunit.ChaosParameters.REQUIRE;

import dev.chaosjunit.cluster.ClusterRuntime;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What happens where the machine cannot run chaos tests. A runtime that somebody named has to be, so all fails without it.
 * With {@code AUTO}, tests are skipped on a developer's desk, with the reasons, and fail where {@code CI} is set or {@code
 * chaos.require} is true, so that no build is green by skipping.
 */
final class Refusal {
    private Refusal() {}

    static RuntimeException of(ExtensionContext context, ClusterPlan plan, RuntimeException reason) {
        if (isNamed(context, plan) || required(context)) {
            return reason;
        }
        String why =
                reason.getMessage() + System.lineSeparator() + "Skipped; set " + REQUIRE + "=true to fail instead.";
        System.out.println("[" + name(context) + "] " + why); // Surefire keeps the reason of a skip to itself
        return new TestAbortedException(why);
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
    }

    private static boolean isNamed(ExtensionContext context, ClusterPlan plan) {
        return new Runtimes(context::getConfigurationParameter).wanted(plan) != ClusterRuntime.AUTO;
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
