// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.FaultResult;
import java.time.Duration;
import java.util.List;

/** A pod that is to be killed, or a part of it. */
interface Victim {

    /** The pod, as it was when it was chosen. */
    Instance instance();

    /**
     * Kill it now; that this is not possible is counted.
     *
     * @param into when that is, from the begin of the fault
     */
    void kill(Duration into);

    /** The lives of it that were ended, or asked to end. */
    List<Handle> killed();

    /** Let it come back, where it was kept from that. Idempotent. */
    default void release() {}

    /** What was seen of that. */
    FaultResult witness();

    /** Forget what was made ready. */
    void close();
}
