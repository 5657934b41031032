// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubeconfig;

import static java.lang.System.Logger.Level.WARNING;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;

/** A relay that we talk to. Its clients see a reset where it is refused; why, only it knows. */
record LiveRelay(String name, ChaosAgent agent) implements AutoCloseable {

    @Override
    public void close() {
        try (agent) {
            Reply stats = agent.request(Request.of("stats"));
            if (stats.number("failed") > 0) {
                System.getLogger(LiveRelay.class.getName())
                        .log(
                                WARNING,
                                name + " could not connect " + stats.number("failed") + " of "
                                        + stats.number("connections") + " times, the last time to "
                                        + stats.text("failed_at") + ": " + stats.text("errno"));
            }
        } catch (HelperException e) {
            // it is gone, which was told already
        }
    }
}
