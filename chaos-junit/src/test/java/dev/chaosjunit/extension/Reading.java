// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.WindowLengths;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Reads the experiments of a test class in the contexts that JUnit gives its tests, and skips their bodies. */
final class Reading implements InvocationInterceptor {
    private static final ThreadLocal<List<Experiment>> FOUND = ThreadLocal.withInitial(ArrayList::new);
    private static final WindowLengths WINDOWS =
            new WindowLengths(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    static List<Experiment> experiments(Class<?> testClass) {
        FOUND.get().clear();
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(testClass))
                .execute()
                .allEvents()
                .assertStatistics(stats -> stats.failed(0));
        return List.copyOf(FOUND.get());
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context) {
        read(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context) {
        read(invocation, context);
    }

    private static void read(Invocation<@Nullable Void> invocation, ExtensionContext context) {
        new ExperimentReader(WINDOWS, ExperimentParts.NONE).read(context, 1).ifPresent(FOUND.get()::add);
        invocation.skip();
    }
}
