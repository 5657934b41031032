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
 * Processes of pods may end while a test runs: those that the test kills, or that are known to crash of its fault.
 *
 * <p>Without this, one that ends although nobody asked it to fails the test, with its exit code and what it printed last
 * in the first lines; one that does so before the fault makes the test inconclusive. With it, each end is a note of the
 * report. A pod that is deleted, and a Job's pod that is done, were asked to end either way.
 *
 * <p>The pods must come back all the same: as many of each workload must be ready as were when the test began, no later
 * than {@link ChaosTest#recoverWithin()} after the fault, or after the last end if that is later. A container is started
 * again as the kubelet does it, whatever its exit code: at once the first time, then 10 s after its end, then 20 s, 40 s
 * and so on, 5 min at most; after it ran for 10 min, at once again.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public @interface PodsMayEnd {}
