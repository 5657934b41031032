// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.Mode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hold goroutines of chosen pods where they call a Go function, for the time of the test. Others go on meanwhile, unless
 * calls can only be held by spinning: the first lines say so then, and an objective that was missed because of that is
 * inconclusive. The report says which mechanism ran, and what the pauses of the garbage collector and the latency of the
 * scheduler were.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(GoDelay.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface GoDelay {

    /** Labels of the pods: {@code "app=user-api"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /**
     * A Go function as stack traces name it: {@code "main.(*Server).getUser"}. The beginning of its package's path may be
     * left out where one function only is meant then. Functions of the runtime, inlined ones, assembly and cgo are refused.
     */
    String function();

    /** Only calls by goroutines with this pprof label, {@code "key=value"}; empty for all. */
    String label() default "";

    /**
     * Only calls for one request: those by goroutines whose pprof label {@code trace_id} is this W3C trace id, 32 lower-case
     * hexadecimal digits that are not all 0; empty for all. Contradicts {@code label}. The program must run its handlers
     * under {@code pprof.Do} with that label.
     */
    String trace() default "";

    /** Only calls by goroutines that were started with this function, {@code "net/http.(*conn).serve"}; empty for all. */
    String goroutine() default "";

    /**
     * How long a call is held: 1us to 60s. Where it can only be held by spinning (a function without a frame, a process that
     * a debugger holds, an agent that may not trace), at most 1s with jitter; more is refused there.
     */
    String latency();

    /** Each call's latency is drawn evenly from latency ± jitter; 0ms to the latency. */
    String jitter() default "0ms";

    /** The share of these calls that is faulted, above 0%; drawn from the run's seed. */
    String probability() default "100%";

    /** So many of these calls pass before the first is faulted. */
    long after() default 0;

    /** At most so many are faulted; 0 for any number. */
    long count() default 0;

    /** How many of the selected pods. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long the fault lasts, above 0s. */
    String duration();

    /**
     * The share of requests of the load that the fault must touch, such as {@code "20%"}; fewer make the run
     * inconclusive. None if empty. A call counts as one request touched. Needs a {@code @Load}.
     */
    String minTouched() default "";

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(ChaosExtension.class)
    @interface Repeated {
        /** The faults. */
        GoDelay[] value();
    }
}
