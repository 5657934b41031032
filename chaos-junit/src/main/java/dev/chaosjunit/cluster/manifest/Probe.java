// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.manifest;

import dev.chaosjunit.cluster.Probing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A question that is asked of a container again and again, with the defaults of Kubernetes.
 *
 * @param check what is asked
 * @param initialDelay from the start of the container to the first check; default 0
 * @param period between two checks; default 10 s. A pod that starts is asked whether it is ready more often
 * @param timeout of one check; default 1 s
 * @param successThreshold checks in a row that make it good; default 1
 * @param failureThreshold checks in a row that make it bad; default 3
 */
public record Probe(
        Check check,
        Duration initialDelay,
        Duration period,
        Duration timeout,
        int successThreshold,
        int failureThreshold) {

    /** One question to the container. */
    public sealed interface Check {

        /** The pod's port that it is asked on; absent for a command in the container. */
        OptionalInt onPort();
    }

    /** What it does to the pod's network. */
    public Optional<Probing.Probe> connection() {
        OptionalInt port = check.onPort();
        return port.isEmpty() ? Optional.empty() : Optional.of(new Probing.Probe(port.getAsInt(), period, timeout));
    }

    /**
     * Good when it answers 200 to 399.
     *
     * @param https whether it is asked by TLS; the certificate is not verified
     */
    public record HttpGet(int port, String path, boolean https, Map<String, String> headers) implements Check {
        public HttpGet {
            headers = Map.copyOf(headers);
        }

        @Override
        public OptionalInt onPort() {
            return OptionalInt.of(port);
        }
    }

    /** Good when the port accepts a connection. */
    public record TcpSocket(int port) implements Check {
        @Override
        public OptionalInt onPort() {
            return OptionalInt.of(port);
        }
    }

    /** Good when the command ends with exit code 0, run in the container without a shell. */
    public record Exec(List<String> command) implements Check {
        public Exec {
            command = List.copyOf(command);
        }

        @Override
        public OptionalInt onPort() {
            return OptionalInt.empty();
        }
    }

    /**
     * Good when gRPC's health service answers SERVING.
     *
     * @param service the service asked about; empty for the whole server
     */
    public record Grpc(int port, String service) implements Check {
        @Override
        public OptionalInt onPort() {
            return OptionalInt.of(port);
        }
    }
}
