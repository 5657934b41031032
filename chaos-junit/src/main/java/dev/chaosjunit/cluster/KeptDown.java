// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

/** A pod whose container, once it has ended, is not started again until this is closed. */
public interface KeptDown extends AutoCloseable {

    /** Whether whoever runs the pod ends its container for that, within moments, by SIGTERM first. */
    boolean endsIt();

    /**
     * Have it started again, at once where it has ended. Idempotent.
     *
     * @throws ClusterException where that cannot be asked for
     */
    @Override
    void close();
}
