// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.cluster.Poll;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whether ports take connections: packet rules follow the pods' readiness by a moment. */
final class OpenPorts {
    private static final int CONNECT_MILLIS = 1000;
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    private OpenPorts() {}

    /**
     * Wait until all are open, for seconds: a Service may have a port that nobody listens at.
     *
     * @return whether any is, or there are none
     */
    static boolean await(Collection<InetSocketAddress> ports) {
        List<InetSocketAddress> closed = new ArrayList<>(ports);
        long deadline = System.nanoTime() + WITHIN.toNanos();
        try {
            var unused = Poll.every(LOOK).within(WITHIN).until(List::isEmpty, () -> {
                closed.removeIf(port -> System.nanoTime() - deadline < 0 && isOpen(port));
                return closed;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ports.isEmpty() || closed.size() < ports.size();
    }

    private static boolean isOpen(InetSocketAddress port) {
        try (Socket socket = new Socket()) {
            socket.connect(port, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
