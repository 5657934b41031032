// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.session.Plan;
import dev.chaosjunit.session.SettingException;
import dev.chaosjunit.session.Settings;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What happens where the machine cannot run chaos tests. A runtime that somebody named has to be, so all fails without it.
 * With {@code AUTO}, tests are skipped on a developer's desk, with the reasons, and fail where {@code CI} is set or {@code
 * chaos.require} is true, so that no build is green by skipping.
 */
final class Refusal {
    private Refusal() {}

    static RuntimeException of(ExtensionContext context, Plan plan, RuntimeException reason) {
        if (mustRun(context, plan)) {
            return reason;
        }
        String why = reason.getMessage() + System.lineSeparator() + "Skipped; set " + Settings.REQUIRE
                + "=true to fail instead.";
        System.out.println("[" + name(context) + "] " + why); // Surefire keeps the reason of a skip to itself
        return new TestAbortedException(why);
    }

    private static String name(ExtensionContext context) {
        return context.getRequiredTestClass().getSimpleName()
                + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
    }

    private static boolean mustRun(ExtensionContext context, Plan plan) {
        Settings settings = ChaosExtension.settings(context);
        try {
            return settings.runtime(plan) != ClusterRuntime.AUTO || settings.required();
        } catch (SettingException e) {
            throw Misuse.of(e);
        }
    }
}
