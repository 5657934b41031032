// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

/** Where loads come from. */
@FunctionalInterface
public interface LoadGenerator {

    /**
     * Start sending at once.
     *
     * @param spec what to send; the host name of its URL is what the service sees in the Host header
     * @param routes where the URL's host is reached
     * @throws IllegalArgumentException if nothing of that kind can be sent there, in words
     */
    RunningLoad start(LoadSpec spec, Routes routes);
}
