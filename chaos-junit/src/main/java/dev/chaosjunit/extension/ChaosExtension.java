// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.manifest.ManifestException;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.session.Plan;
import dev.chaosjunit.session.Preflight;
import dev.chaosjunit.session.Session;
import dev.chaosjunit.session.SettingException;
import dev.chaosjunit.session.Settings;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
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
public final class ChaosExtension
        implements BeforeAllCallback, BeforeEachCallback, InvocationInterceptor, ParameterResolver {
    static final Namespace NAMESPACE = Namespace.create(ChaosExtension.class);
    static final String SESSION = "session";
    private static final String OWNER = "owner";
    private static final String RUN = "run";

    static {
        // Libraries below log by SLF4J; that a project has no provider of it is no warning to a test's author.
        System.getProperties().putIfAbsent("slf4j.internal.verbosity", "ERROR");
    }

    private final @Nullable Plan built;
    private final ExperimentParts parts;

    /** For {@code @ExtendWith}: everything is said by annotations. */
    public ChaosExtension() {
        this(null, ExperimentParts.NONE);
    }

    ChaosExtension(@Nullable Plan built, ExperimentParts parts) {
        this.built = built;
        this.parts = parts;
    }

    /** Say everything in code, for a field with {@code @RegisterExtension}. */
    public static ChaosExtensionBuilder manifests(String... manifests) {
        return new ChaosExtensionBuilder(manifests);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Plan> annotated = annotated(context);
        if (built != null && annotated.isPresent()) {
            throw new ExtensionConfigurationException(context.getRequiredTestClass()
                            .getSimpleName() + " has both @ChaosTest and a registered ChaosExtension: say it one way");
        }
        Optional<Plan> plan = Optional.ofNullable(built).or(() -> annotated);
        if (plan.isPresent()) {
            check(plan.get(), context);
            open(plan.get(), context);
            store(context).put(OWNER, this);
        }
    }

    /** What is wrong with the class's own annotations is said together with what is wrong with those of its tests. */
    private Optional<Plan> annotated(ExtensionContext context) {
        List<Plan> plans = new ArrayList<>();
        Mistakes mistakes = new Mistakes();
        mistakes.in(() -> AnnotatedPlan.read(AnnotatedPlaces.of(context)).ifPresent(plans::add));
        if (!mistakes.isEmpty()) {
            mistakes.in(() -> new ExperimentReader(WindowLengths.SHORTEST, parts).readAll(context));
            mistakes.refuse(context.getRequiredTestClass().getSimpleName());
        }
        return plans.stream().findFirst();
    }

    /** Whatever can be known without building or starting anything. */
    private void check(Plan plan, ExtensionContext context) {
        List<Experiment> experiments = new ArrayList<>();
        Mistakes mistakes = new Mistakes();
        mistakes.in(() -> experiments.addAll(new ExperimentReader(plan.windows(), parts).readAll(context)));
        try {
            Preflight preflight = around(plan, context).isPresent()
                    ? Preflight.ofServed(plan)
                    : Preflight.of(plan, settings(context));
            experiments.forEach(experiment -> mistakes.add(preflight.mistakes(experiment)));
        } catch (ManifestException e) {
            if (mistakes.isEmpty()) {
                throw e;
            }
            mistakes.add(e.mistakes());
        } catch (SettingException e) {
            mistakes.add(List.of(String.valueOf(e.getMessage())));
        }
        mistakes.refuse(context.getRequiredTestClass().getSimpleName());
    }

    /** A {@code @Nested} class shares the services around it, unless its annotations ask for others. */
    private static Optional<StoredSession> around(Plan plan, ExtensionContext context) {
        return Optional.ofNullable(store(context).get(SESSION, StoredSession.class))
                .filter(around -> around.session().plan().equals(plan));
    }

    private static void open(Plan plan, ExtensionContext context) {
        if (around(plan, context).isPresent()) {
            return;
        }
        String name = context.getRequiredTestClass().getName();
        try {
            store(context).put(SESSION, new StoredSession(Session.open(plan, name, settings(context))));
        } catch (RuntimeUnavailableException e) {
            throw Refusal.of(context, plan, e);
        } catch (SettingException e) {
            throw Misuse.of(e);
        }
    }

    /** Before the test's own preparations, which may call the services. */
    @Override
    public void beforeEach(ExtensionContext context) {
        StoredSession stored = store(context).get(SESSION, StoredSession.class);
        if (stored == null) {
            return;
        }
        stored.session().losses().now().ifPresent(lost -> {
            throw new InconclusiveException("Before this test, " + lost + ".");
        });
        startAnew(stored.session()).ifPresent(note -> {
            System.out.printf("[%s] %s%n", context.getDisplayName(), note);
            context.publishReportEntry("chaos.note", note);
        });
    }

    private static Optional<String> startAnew(Session session) {
        try {
            return session.startAnew();
        } catch (ClusterException e) {
            String why = session.losses()
                    .lately()
                    .map(lost -> lost + ".")
                    .orElse("pods had ended or were not ready, and could not be started anew: " + e.getMessage());
            throw new InconclusiveException("Before this test, " + why);
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
        if (!isOwner(context)) {
            invocation.proceed();
            return;
        }
        Session session = session(context);
        LiveRun run = liveRun(context, session);
        Optional<Experiment> experiment =
                new ExperimentReader(session.plan().windows(), parts).read(context, run.seed());
        if (experiment.isEmpty()) {
            invocation.proceed();
        } else {
            new Execution(session, context).run(experiment.get(), run, invocation);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ChaosRun.class
                && context.getTestMethod().isPresent()
                && isOwner(context);
    }

    /** A fault annotation on the class registers a second extension beside one that a field registers. */
    private boolean isOwner(ExtensionContext context) {
        ChaosExtension owner = store(context).get(OWNER, ChaosExtension.class);
        return owner == null || owner == this;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return liveRun(context, session(context));
    }

    private static LiveRun liveRun(ExtensionContext context, Session session) {
        return store(context)
                .getOrComputeIfAbsent(RUN, key -> new LiveRun(session.cluster(), seed(context)), LiveRun.class);
    }

    private static long seed(ExtensionContext context) {
        try {
            return settings(context)
                    .seed()
                    .orElseGet(() -> ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
        } catch (SettingException e) {
            throw Misuse.of(e);
        }
    }

    private Session session(ExtensionContext context) {
        StoredSession stored = store(context).get(SESSION, StoredSession.class);
        if (stored != null) {
            return stored.session();
        }
        if (built != null) {
            throw new ExtensionConfigurationException("the field of "
                    + context.getRequiredTestClass().getSimpleName()
                    + " that registers the ChaosExtension must be static: services are brought up once for a class");
        }
        throw new ExtensionConfigurationException(context.getRequiredTestClass().getSimpleName()
                + " has chaos annotations but no services: put @ChaosTest(manifests = …) on the class");
    }

    static Settings settings(ExtensionContext context) {
        return new Settings(context::getConfigurationParameter);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
