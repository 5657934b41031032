// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.session.Plan;
import dev.chaosjunit.session.Preflight;
import dev.chaosjunit.session.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One pod and a helper, neither of them real, where the extension looks for services: no root, no Go, no kernel. */
final class FakeServices implements BeforeAllCallback {
    private static final Map<Class<?>, FakeHelper> HELPERS = new ConcurrentHashMap<>();
    private static final Instance POD = new Instance(
            "a-0", "a-0", "a", Map.of("app", "a"), "198.18.0.7", new Handle.LocalProcess(4711), "eth0", Map.of());

    /** A new helper, which the faults of a test class's next run go to. */
    static FakeHelper helperOf(Class<?> testClass) {
        FakeHelper helper = new FakeHelper();
        HELPERS.put(testClass, helper);
        return helper;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return;
        }
        Plan plan = AnnotatedPlan.read(AnnotatedPlaces.of(context)).orElse(RegisteredTests.PLAN);
        FixedCluster cluster = new FixedCluster(List.of(POD), List.of());
        context.getStore(ChaosExtension.NAMESPACE)
                .put(
                        ChaosExtension.SESSION,
                        new StoredSession(new Session(
                                Preflight.of(plan),
                                cluster,
                                new HelperInjector(
                                        cluster, node -> HELPERS.getOrDefault(testClass, new FakeHelper())))));
    }
}
