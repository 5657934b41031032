// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * PIT's plugin for JUnit finds tests by running them, in a JVM for each class that is changed and again after each
 * change that makes a test hang. There, this passes tests that are only looked for; {@code ./dev mutate} registers it.
 */
public final class FoundWithoutRunning implements InvocationInterceptor {
    private static final String FINDER = "org.pitest.junit5.JUnit5TestUnitFinder";
    /** A JVM that runs changed classes; the one that asks what tests cover has to run what it finds. */
    private static final String CHANGED = "org.pitest.mutationtest.execute.MutationTestMinion";

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext extensionContext)
            throws Throwable {
        proceedUnlessLookedFor(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext extensionContext)
            throws Throwable {
        proceedUnlessLookedFor(invocation);
    }

    private static void proceedUnlessLookedFor(Invocation<@Nullable Void> invocation) throws Throwable {
        if (isOnStack(FINDER) && isOnStack(CHANGED)) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    private static boolean isOnStack(String className) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(className)));
    }
}
