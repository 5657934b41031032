// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of this machine's loopback that leads to one of a pod's. The client's own takes connections on all of this
 * machine's addresses, keeps each for ever, and does not notice when its caller hangs up.
 */
final class PortForward implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final long AGAIN_MILLIS = 10;

    private final PodResource pod;
    private final int port;
    private final ServerSocketChannel server;
    private final ForwardFailures failures;
    private final Set<ForwardedConnection> connections = ConcurrentHashMap.newKeySet();

    private PortForward(PodResource pod, String name, int port, ServerSocketChannel server) {
        this.pod = pod;
        this.port = port;
        this.server = server;
        this.failures = new ForwardFailures("to port " + port + " of " + name);
    }

    static PortForward open(PodResource pod, String name, int port) {
        try {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            PortForward forward = new PortForward(pod, name, port, server);
            Thread thread = new Thread(forward::accept, "chaos-port-forward-" + port);
            thread.setDaemon(true);
            thread.start();
            return forward;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of this machine can be had to forward", e);
        }
    }

    InetSocketAddress local() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                try {
                    connect(server.accept());
                } catch (ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    failures.add(e); // out of descriptors for now
                    Thread.sleep(AGAIN_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connect(SocketChannel caller) {
        ForwardedConnection connection = new ForwardedConnection(caller, failures, connections::remove);
        connections.add(connection);
        try {
            connection.forwardedBy(pod.portForward(port, connection, connection));
        } catch (RuntimeException e) {
            failures.add(e);
            connection.close();
        }
    }

    @Override
    public void close() {
        failures.expected();
        try {
            server.close();
        } catch (IOException e) {
            // closed all the same
        }
        connections.forEach(ForwardedConnection::hangUp);
        failures.sum();
    }
}
