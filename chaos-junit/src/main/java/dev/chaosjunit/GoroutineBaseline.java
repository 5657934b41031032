// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * After the fault, the goroutines of every pod that serves {@code net/http/pprof} must return to what they were after a
 * rehearsal: the same load without the fault, with the test's own connections closed, for as long as baseline, fault and
 * recovery take together, 30 s at most.
 *
 * <p>Where they are more when the time is over, and nothing proves that they hang, load and fault are repeated, without the
 * test's body: twice at most, for half the fault's duration, but 2 s to 10 s of it. A group of goroutines with the same
 * creating function that grows each time at least half as much as the first time (in relation to the fault's duration) is a
 * leak. Any other passes as bounded, and is named in the report. A failed repetition, or a test without
 * {@link Load}, leaves them as not back in time, which is a failure.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface GoroutineBaseline {

    /** How long they may take, from the revert, and from that of a repetition: above 5s, where the first look is. */
    String within() default "30s";

    /** Name of the container port that serves {@code /debug/pprof}. */
    String port() default "admin";
}
