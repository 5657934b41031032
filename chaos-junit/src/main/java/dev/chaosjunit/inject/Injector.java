// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What puts faults onto pods. Thread safe. */
public interface Injector extends AutoCloseable {

    /**
     * Prepare all injections without touching a packet yet: all of them, or none.
     *
     * @throws InjectionException when one cannot be prepared
     */
    List<ActiveFault> attach(List<Injection> injections);

    /**
     * Completes at once when something of ours that faults depend on is gone, without {@link #close}. What it completes with
     * may need seconds to find out why, and gives one sentence: {@code "the agent ended, and its faults with it:
     * chaos-agent, pid 4711, …"}. Never completes otherwise.
     */
    CompletableFuture<Supplier<String>> lost();

    /** End what is still on. */
    @Override
    void close();
}
