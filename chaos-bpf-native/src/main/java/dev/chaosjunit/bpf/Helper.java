// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

/**
 * The native helper that loads the BPF programs, whichever way it runs: {@link ChaosAgent} (a child process, the usual
 * way) or {@link ChaosLibrary} (inside this JVM). Thread safe.
 */
public interface Helper extends AutoCloseable {

    /**
     * Send one request and wait for its reply. An interrupt does not end the wait, so that a fault can still be lifted
     * while a test is being cancelled; the flag stays set.
     *
     * @throws HelperException if the helper refused the request or is gone
     */
    Reply request(Request request) throws HelperException;

    /**
     * Run an action when the helper ends, or no longer answers, without having been closed; at once if it has. It runs on
     * the thread that found out and must be short.
     */
    void onDeath(Runnable action);

    /** Lift and detach every fault attached through this object, handing out held packets in order. Idempotent. */
    @Override
    void close();

    /** Say how this helper runs, for reports: {@code chaos-agent, pid 4711, started by: sudo -n …}. */
    String describe();
}
