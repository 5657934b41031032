// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.FaultResult;
import java.util.List;
import java.util.Optional;

/**
 * A fault that is prepared for its pods, and may be on.
 *
 * <p>Every method throws {@link InjectionException} when what injects it cannot do it, or is gone.
 */
public interface ActiveFault extends AutoCloseable {

    /** What is done. */
    Fault fault();

    /** The pods it is done to, those that joined last; a pod is there once for each of its processes that was hit. */
    List<Instance> instances();

    /** Begin. */
    void on();

    /**
     * Hit more pods, at once.
     *
     * @param later the same fault and those pods
     * @return false where it is not on any more, or not yet; nothing is done then
     */
    boolean join(Injection later);

    /** Where connections were closed as it began. */
    List<Cut> cuts();

    /** How far apart it began on its nodes; empty where that is one, or nobody measures it. */
    default Optional<Spread> spread() {
        return Optional.empty();
    }

    /** The lives of pods that it has ended, or asked to end. */
    default List<Handle> killed() {
        return List.of();
    }

    /** End; returns when the pods are themselves again. Idempotent. */
    void off();

    /** What was hit so far, pod by pod; inconclusive where that is nothing. */
    List<FaultResult> witnesses();

    /** Take it away; ends it if it is on. */
    @Override
    void close();
}
