// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.slo.Phase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * What the load must see. An objective passes only if the unfavourable edge of its 95 % confidence interval meets it; too
 * few requests make the experiment inconclusive, and the message says how many it needs. SLOs of a phase on a method
 * replace the class's of that phase.
 *
 * <p>A fault ends before its time once a limit of {@link Phase#FAULT} is failed whatever comes. Limits of that phase may be
 * relative to what was seen in the baseline window: {@code "baseline + 50ms"}, {@code "1.5x baseline"}, and for an error rate
 * {@code "baseline + 1%"}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(Slo.Repeated.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Slo {

    /** {@link Phase#STEADY}: before the fault and after recovery. {@link Phase#FAULT}: while it is on. */
    Phase phase() default Phase.STEADY;

    /** Highest median latency, such as {@code "20ms"}; empty for no such objective, as for those below. */
    String p50() default "";

    /** Highest 90th percentile of latency. */
    String p90() default "";

    /** Highest 95th percentile of latency. */
    String p95() default "";

    /** Highest 99th percentile of latency. */
    String p99() default "";

    /** Highest latency of any request. */
    String max() default "";

    /** Highest share of failed requests, such as {@code "0.5%"}. */
    String errorRate() default "";

    /**
     * Whether the fault ends as soon as the limits of {@link Phase#FAULT} are proved to be met and the test's body is over; all
     * {@code @Slo}s of that phase must say so. Not with {@code max}, an {@link #errorRate} of 0%, or a relative limit.
     */
    boolean earlyPass() default false;

    /** For how much longer the fault lasts where limits of {@link Phase#FAULT} are undecided at its end; 0s or more. */
    String extend() default "0s";

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface Repeated {
        /** The SLOs. */
        Slo[] value();
    }
}
