// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit;

import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.extension.ChaosExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of chaos tests: its services are brought up once, and each test in it that carries a fault becomes an
 * experiment of baseline, fault and recovery with one verdict.
 *
 * <h2>Inheritance</h2>
 *
 * Inherited by subclasses and seen by {@code @Nested} classes, which share the services unless they have a
 * {@code @ChaosTest} or {@code @GoImage} of their own; may be used as a meta-annotation.
 *
 * <h2>Parallel execution</h2>
 *
 * Classes may run side by side, each with services of its own. Tests of one class share services, so their experiments
 * take turns.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ChaosExtension.class)
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface ChaosTest {

    /**
     * Kubernetes YAML: {@code classpath:shop.yaml}, or a path from the working directory. A directory with a {@code
     * kustomization.yaml} or a {@code Chart.yaml} is rendered by Kustomize or Helm, the user's own or else one that
     * Go builds; of another all {@code .yaml}, {@code .yml} and {@code .json} files are taken, but not those of
     * directories in it.
     */
    String[] manifests();

    /** Files of values for the Helm charts among the manifests, named in the same way; later ones take precedence. */
    String[] values() default {};

    /**
     * Fields of the manifests to leave out knowingly, on every runtime: by name ({@code "affinity"}), by dotted path
     * or the end of one ({@code "resources.limits"}, the same for all items of a list), or a kind ({@code
     * "NetworkPolicy"}). The report lists them. One that the manifests do not have is refused.
     */
    String[] ignore() default {};

    /** Where the services run; the configuration parameter {@code chaos.runtime} takes precedence. */
    ClusterRuntime runtime() default ClusterRuntime.AUTO;

    /** How long pods may take to become ready, once their images are there. */
    String readyWithin() default "30s";

    /**
     * Length of the window in which the steady state is proved, before anything is injected. One that is not steady is
     * followed by another, for 20 s, three at the least.
     */
    String baseline() default "4s";

    /** Length of the window in which the steady state must hold again after the fault. */
    String recovery() default "4s";

    /** How long after the revert the services may take until the recovery window begins. */
    String recoverWithin() default "5s";
}
