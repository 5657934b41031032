// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import java.io.IOException;
import java.time.Duration;

/** Whether a port accepts a connection. */
record TcpQuestion(int port, Route route) implements Question {

    @Override
    public Answer ask(Duration connect, Duration all) {
        String question = "connect to " + route.to(port) + ": ";
        try {
            Connection.open(route, port, connect, System.nanoTime() + all.toNanos())
                    .close();
            return new Answer(true, question + "open");
        } catch (IOException e) {
            return new Answer(false, question + e.getMessage());
        }
    }
}
