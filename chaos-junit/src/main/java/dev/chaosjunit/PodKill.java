// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.extension.ChaosExtension;
import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
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
 * Kill chosen pods: the first process of a container, a pod's first unless others are named, is sent a signal, and the
 * kubelet, or the local runtime, starts the container again; or the pod is deleted, and its owner makes another. An end by
 * this is held against nobody; as many pods must be ready afterwards as were before, no later than {@code recoverWithin} of
 * {@code @ChaosTest}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(PodKill.Repeated.class)
@ChaosFault
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface PodKill {

    /** Labels of the pods: {@code "app=user-api"}. */
    String selector();

    /** Kubernetes namespaces of these pods; all that the manifests use if empty. */
    String[] namespaces() default {};

    /** What is killed: a container (Chaos Mesh: container-kill), or the pod itself, which is deleted (pod-kill). */
    Killed what() default Killed.CONTAINER;

    /** Of containers: which of a pod, by their names, as Chaos Mesh has it; its first if empty. Each pod must have them all. */
    String[] containerNames() default {};

    /** Of a container: what its first process is sent. */
    KillSignal signal() default KillSignal.SIGKILL;

    /**
     * Of a container: from one kill to the next, {@code "10s"}: 1s or more, and less than {@code duration}; one kill, as the fault begins, if
     * empty. Each is for the process that runs then, also that of a container that was started again; while none runs, it is
     * counted as not possible.
     */
    String every() default "";

    /**
     * Of a container: not started again as long as the fault lasts, but at once when it is over (Chaos Mesh: pod-failure). In a
     * cluster that is done by patching the image of the pod's container, which needs the right to patch pods.
     */
    boolean keptDown() default false;

    /**
     * Of a pod: how long it may take to end after SIGTERM, whole seconds, {@code "30s"}; SIGKILL comes then. At once if
     * empty, as with Chaos Mesh.
     */
    String gracePeriod() default "";

    /** How many of the selected pods; the same ones for all kills. */
    Mode mode() default Mode.ALL;

    /** The number or percentage that {@code mode} asks for. */
    String value() default "";

    /** How long the fault lasts, above 0s: from the first kill on, {@code @Slo(phase = FAULT)} is judged as long. */
    String duration();

    /** Holds several. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @ExtendWith(ChaosExtension.class)
    @interface Repeated {
        /** The faults. */
        PodKill[] value();
    }
}
