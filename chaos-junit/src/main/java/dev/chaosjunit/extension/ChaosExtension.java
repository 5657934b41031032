// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.experiment.Experiment;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * What stands behind {@code @ChaosTest}. Those who prefer code register it themselves:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ChaosExtension chaos = ChaosExtension.manifests("classpath:shop.yaml")
 *         .image("user-api", "./cmd/user-api")
 *         .load("http://user-api/users/1", "200/s")
 *         .build();
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ChaosExtension implements BeforeAllCallback, InvocationInterceptor, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ChaosExtension.class);
    private static final String SESSION = "session";
    private static final String RUN = "run";
    private static final String SEED = "chaos.seed";

    private final @Nullable ClusterPlan built;
    private final Hypothesis hypothesis;

    /** For {@code @ExtendWith}: everything is said by annotations. */
    public ChaosExtension() {
        this(null, Hypothesis.NONE);
    }

    ChaosExtension(@Nullable ClusterPlan built, Hypothesis hypothesis) {
        this.built = built;
        this.hypothesis = hypothesis;
    }

    /** Say everything in code, for a field with {@code @RegisterExtension}. */
    public static ChaosExtensionBuilder manifests(String... manifests) {
        return new ChaosExtensionBuilder(manifests);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<ClusterPlan> plan = Optional.ofNullable(built).or(() -> ClusterPlan.read(Elements.of(context)));
        if (plan.isPresent()) {
            new ExperimentReader(plan.get().windows(), hypothesis).check(context);
            open(plan.get(), context);
        }
    }

    private static void open(ClusterPlan plan, ExtensionContext context) {
        String name = context.getRequiredTestClass().getName();
        try {
            store(context).computeIfAbsent(SESSION, key -> ChaosSession.open(plan, name), ChaosSession.class);
        } catch (RuntimeUnavailableException e) {
            throw Refusal.of(context, e);
        } catch (ClusterException e) {
            throw new ClusterException(context.getDisplayName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        run(invocation, context);
    }

    private void run(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        ChaosSession session = session(context);
        LiveRun run = liveRun(context, session);
        Optional<Experiment> experiment =
                new ExperimentReader(session.plan().windows(), hypothesis).read(context, run.seed());
        if (experiment.isEmpty()) {
            invocation.proceed();
        } else {
            new Execution(session, context).run(experiment.get(), run, invocation);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ChaosRun.class
                && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return liveRun(context, session(context));
    }

    private static LiveRun liveRun(ExtensionContext context, ChaosSession session) {
        return store(context).computeIfAbsent(RUN, key -> new LiveRun(session.cluster(), seed(context)), LiveRun.class);
    }

    private static long seed(ExtensionContext context) {
        return context.getConfigurationParameter(SEED)
                .map(Long::parseLong)
                .orElseGet(() -> ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    }

    private static ChaosSession session(ExtensionContext context) {
        ChaosSession session = store(context).get(SESSION, ChaosSession.class);
        if (session == null) {
            throw new ExtensionConfigurationException(
                    context.getRequiredTestClass().getSimpleName()
                            + " has chaos annotations but no services: put @ChaosTest(manifests = …) on the class");
        }
        return session;
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
