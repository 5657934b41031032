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
 * Take memory in the cgroup of chosen pods: a worker of ours takes it beside the first container's own processes, within the
 * same limit, holds it, and gives it back. A stress ends with its container, and is not on the one that is started again.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(MemoryStress.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface MemoryStress {

    /** Labels of the pods: {@code "app=order-service"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /**
     * How much, in each pod: {@code "256MiB"} or {@code "256Mi"}, or a share of the container's {@code resources.limits.memory},
     * {@code "80%"}, which needs such a limit.
     */
    String size();

    /**
     * Whether it may end in an OOM kill. Without, a size that is more than the limit leaves beside what the container uses as the
     * fault is made ready is refused. With, the container's first process is the one to be killed, for which its
     * {@code oom_score_adj} is raised meanwhile: that end is held against nobody, and the container is started again. It is killed
     * once at the most.
     */
    boolean oom() default false;

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
        MemoryStress[] value();
    }
}
