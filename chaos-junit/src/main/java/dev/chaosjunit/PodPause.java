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
 * Pause chosen pods: all processes of all their containers stand still, as a machine does that is suspended, and then go on.
 * Connections stay; who asks meanwhile waits. A pause ends with its container, as where a liveness probe kills that.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(PodPause.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface PodPause {

    /** Labels of the pods: {@code "app=user-api"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** How many of the selected pods. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long they stand still, above 0s. */
    String duration();

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(ChaosExtension.class)
    @interface Repeated {
        /** The faults. */
        PodPause[] value();
    }
}
