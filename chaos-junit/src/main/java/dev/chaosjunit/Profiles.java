// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.observe.profile.ProfileKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * While the fault is on, profiles are taken of each pod that serves {@code net/http/pprof}, and the report shows what
 * goroutines did for a request: with {@link Traces}, by a click on a span. A profile that cannot be taken is a note in the
 * report, and never a failure.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface Profiles {

    /** What is taken; one at least. */
    ProfileKind[] value() default {ProfileKind.CPU, ProfileKind.GOROUTINE};

    /** Name of the container port that serves {@code /debug/pprof}; pods without it are left out. */
    String port() default "admin";
}
