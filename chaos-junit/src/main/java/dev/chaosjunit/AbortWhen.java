// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Ends the fault before its time once the load proves that it does more than this, with 95 % confidence however often one
 * looks: it is lifted within a second of the proof, recovery is checked from then on, and the test fails with what was proved.
 * A burst as the fault begins is enough; limits of {@code @Slo(phase = FAULT)} end it later, once they are failed whatever comes and
 * the body is over.
 * The test's body is not interrupted. Those on a method replace the class's.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(AbortWhen.Repeated.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface AbortWhen {

    /** The median latency is above this, such as {@code "20ms"}; empty for no such limit, as for those below. */
    String p50() default "";

    /** The 90th percentile of latency is. */
    String p90() default "";

    /** The 95th percentile of latency is. */
    String p95() default "";

    /** The 99th percentile of latency is. */
    String p99() default "";

    /** A single request takes longer. */
    String max() default "";

    /** More than this share of the requests fails, such as {@code "50%"}; with {@code "0%"} a single one. */
    String errorRate() default "";

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface Repeated {
        /** The limits. */
        AbortWhen[] value();
    }
}
