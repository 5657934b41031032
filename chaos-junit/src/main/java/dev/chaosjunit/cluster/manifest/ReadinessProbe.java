// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.cluster.Probing;
import java.time.Duration;
import java.util.Map;

/**
 * When a pod is ready, with the defaults of Kubernetes.
 *
 * @param check what is asked
 * @param initialDelay from the start of the pod to the first check; default 0
 * @param period between two checks of a ready pod; default 10 s. One that starts is asked more often
 * @param timeout of one check; default 1 s
 * @param successThreshold checks in a row that make it ready; default 1
 * @param failureThreshold checks in a row that end it; default 3
 */
public record ReadinessProbe(
        Check check,
        Duration initialDelay,
        Duration period,
        Duration timeout,
        int successThreshold,
        int failureThreshold) {

    /** One question to the pod. */
    public sealed interface Check {
        /** The pod's port. */
        int port();
    }

    /** What it does to the pod's network. */
    public Probing.Probe connection() {
        return new Probing.Probe(check.port(), period, timeout);
    }

    /** Ready when it answers 200 to 399. */
    public record HttpGet(int port, String path, Map<String, String> headers) implements Check {
        public HttpGet {
            headers = Map.copyOf(headers);
        }
    }

    /** Ready when the port accepts a connection. */
    public record TcpSocket(int port) implements Check {}
}
