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
 * How often a service may be called for one request of the load: retries without restraint make a small fault a storm. By
 * the traces of the requests; the bad edge of the mean's 95 % confidence interval must meet it. Those on a method replace the
 * class's. Needs {@link Traces}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(CallsPerRequest.Repeated.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface CallsPerRequest {

    /** The service that is called, by its {@code service.name}; an address where nobody answered for one. */
    String to();

    /** Who calls it, likewise; by default each that does, by itself. */
    String from() default "";

    /** Calls a request at most, the mean; above 0. */
    double max();

    /** When. */
    Phase phase() default Phase.FAULT;

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface Repeated {
        /** The limits. */
        CallsPerRequest[] value();
    }
}
