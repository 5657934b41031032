// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.LoadOf;
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
 * Keep processors busy in the cgroup of chosen pods: workers of ours compute beside the first container's own processes, and
 * share with them what its limit lets it use. A stress ends with its container, and is not on the one that is started again.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(CpuStress.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface CpuStress {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** How many processes compute, in each pod: 1 to 128. One keeps one processor busy. */
    int workers() default 1;

    /** For how much of the time, {@code "0.1%"} to {@code "100%"}: of what {@code of} says. */
    String load() default "100%";

    /**
     * What {@code load} is a share of: a processor, for each worker, as with Chaos Mesh; or what the container may use by its
     * {@code resources.limits.cpu}, for all workers together. Refused where it has no such limit, or where so few workers cannot
     * do as much.
     */
    LoadOf of() default LoadOf.CPU;

    /** How many of the selected pods. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long, above 0s. */
    String duration();

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(ChaosExtension.class)
    @interface Repeated {
        /** The faults. */
        CpuStress[] value();
    }
}
