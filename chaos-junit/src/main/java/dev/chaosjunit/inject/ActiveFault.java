// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.result.FaultResult;
import java.util.List;

/**
 * A fault that is prepared for its pods, and may be on.
 *
 * <p>Every method throws {@link InjectionException} when what injects it cannot do it, or is gone.
 */
public interface ActiveFault extends AutoCloseable {

    /** What is done. */
    Fault fault();

    /** The pods it is done to. */
    List<Instance> instances();

    /** Begin. */
    void on();

    /** How many connections were closed as it began. */
    default long closedConnections() {
        return 0;
    }

    /** End; returns when the pods are themselves again. Idempotent. */
    void off();

    /** What was hit so far, pod by pod; inconclusive where that is nothing. */
    List<FaultResult> witnesses();

    /** Take it away; ends it if it is on. */
    @Override
    void close();

    /** Close all, even where one cannot be closed; that one's failure is thrown in the end. */
    static void closeAll(List<? extends ActiveFault> faults) {
        InjectionException failure = null;
        for (ActiveFault fault : faults) {
            try {
                fault.close();
            } catch (InjectionException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
