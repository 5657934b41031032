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
 * rehearsal: the same load without the fault, with the test's own connections closed.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface GoroutineBaseline {

    /** How long they may take, from the revert: above 5s, where the first look is. */
    String within() default "30s";

    /** Name of the container port that serves {@code /debug/pprof}. */
    String port() default "admin";
}
