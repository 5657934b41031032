// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.manifest.ManifestException;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.inject.InjectionException;
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
import java.util.function.Function;
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
        List<Experiment> known = new ArrayList<>();
        try {
            Optional<Plan> plan = plan(context);
            if (plan.isPresent()) {
                Optional<Session> around = around(plan.get(), context);
                Preflight preflight = around.map(Session::preflight).orElseGet(() -> Preflight.of(plan.get()));
                known.addAll(check(preflight, around.isPresent(), context));
                if (around.isEmpty()) {
                    open(preflight, known, context);
                }
                store(context).put(OWNER, this);
            }
        } catch (RuntimeException e) {
            new Unstarted(context).report(known, e);
            throw e;
        }
    }

    private Optional<Plan> plan(ExtensionContext context) {
        Optional<Plan> annotated = annotated(context);
        if (built != null && annotated.isPresent()) {
            throw new ExtensionConfigurationException(context.getRequiredTestClass()
                            .getSimpleName() + " has both @ChaosTest and a registered ChaosExtension: say it one way");
        }
        return Optional.ofNullable(built).or(() -> annotated);
    }

    /** What is wrong with the class's own annotations is said together with what is wrong with those of its tests. */
    private Optional<Plan> annotated(ExtensionContext context) {
        Mistakes mistakes = new Mistakes();
        Optional<Plan> plan = mistakes.read(() -> AnnotatedPlan.read(AnnotatedPlaces.of(context)))
                .flatMap(Function.identity());
        if (!mistakes.isEmpty()) {
            mistakes.in(() -> new ExperimentReader(WindowLengths.SHORTEST, parts).readAll(context));
            mistakes.refuse(context.getRequiredTestClass().getSimpleName());
        }
        return plan;
    }

    /** Whatever can be known without building or starting anything. */
    private List<Experiment> check(Preflight preflight, boolean runs, ExtensionContext context) {
        Mistakes mistakes = new Mistakes();
        ExperimentReader reader = new ExperimentReader(preflight.plan().windows(), parts);
        List<Experiment> experiments =
                mistakes.read(() -> reader.readAll(context)).orElse(List.of());
        try {
            if (!runs) {
                preflight.check(settings(context));
            }
            experiments.forEach(experiment -> mistakes.add(preflight.mistakes(experiment, settings(context))));
        } catch (ManifestException e) {
            if (mistakes.isEmpty()) {
                throw e;
            }
            mistakes.add(e.mistakes());
        } catch (SettingException e) {
            mistakes.add(List.of(String.valueOf(e.getMessage())));
        }
        mistakes.refuse(context.getRequiredTestClass().getSimpleName());
        return experiments;
    }

    /** A {@code @Nested} class shares the services around it, unless its annotations ask for others. */
    private static Optional<Session> around(Plan plan, ExtensionContext context) {
        return Optional.ofNullable(store(context).get(SESSION, StoredSession.class))
                .map(StoredSession::session)
                .filter(around -> around.plan().equals(plan));
    }

    private static void open(Preflight preflight, List<Experiment> known, ExtensionContext context) {
        String name = context.getRequiredTestClass().getName();
        try {
            store(context).put(SESSION, new StoredSession(Session.open(preflight, known, name, settings(context))));
        } catch (RuntimeUnavailableException e) {
            throw Refusal.of(context, preflight.plan(), e);
        } catch (SettingException e) {
            throw Misuse.of(e);
        } catch (InjectionException e) {
            throw e.reason() == InjectionException.Cause.TEST ? Misuse.of(e) : e;
        }
    }

    /** Before the test's own preparations, which may call the services. */
    @Override
    public void beforeEach(ExtensionContext context) {
        StoredSession stored = store(context).get(SESSION, StoredSession.class);
        if (stored == null) {
            return;
        }
        try {
            prepare(stored.session(), context);
        } catch (InconclusiveException e) {
            WindowLengths windows = stored.session().plan().windows();
            new ExperimentReader(windows, parts)
                    .read(context, 0)
                    .ifPresent(experiment -> new Unstarted(context).report(experiment, e));
            throw e;
        }
    }

    private static void prepare(Session session, ExtensionContext context) {
        session.losses().now().ifPresent(lost -> {
            throw new InconclusiveException("Before this test, " + lost + ".");
        });
        startAnew(session).ifPresent(note -> {
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
                .getOrComputeIfAbsent(
                        RUN, key -> new LiveRun(session.cluster(), session.spans(), seed(context)), LiveRun.class);
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
