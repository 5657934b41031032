// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import io.fabric8.kubernetes.client.PortForward;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A connection of a caller here, as the client reads and writes it. It has no half-close: who ends one way ends both. */
final class ForwardedConnection implements ByteChannel {
    private final SocketChannel caller;
    private final ForwardFailures failures;
    private final Consumer<ForwardedConnection> closed;
    private final CompletableFuture<PortForward> forward = new CompletableFuture<>();

    ForwardedConnection(SocketChannel caller, ForwardFailures failures, Consumer<ForwardedConnection> closed) {
        this.caller = caller;
        this.failures = failures;
        this.closed = closed;
    }

    void forwardedBy(PortForward connection) {
        forward.complete(connection);
    }

    /** The caller is gone, which the other side would not hear of. */
    void hangUp() {
        var unused = forward.thenAccept(ForwardedConnection::close);
        closeCaller(false);
    }

    private static void close(PortForward connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        try {
            int read = caller.read(buffer);
            if (read < 0) {
                hangUp();
            }
            return read;
        } catch (IOException e) {
            hangUp();
            throw e;
        }
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        try {
            return caller.write(buffer);
        } catch (IOException e) {
            hangUp();
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return caller.isOpen();
    }

    /** By the client, once the other side has ended it, in order or not. */
    @Override
    public void close() {
        if (caller.isOpen()) {
            var unused = forward.thenAccept(connection ->
                    connection.getServerThrowables().stream().findFirst().ifPresent(failures::add));
            PortForward connection = forward.getNow(null);
            closeCaller(connection == null || connection.errorOccurred());
        }
    }

    /** What failed is a reset: an end would be taken for a short answer. */
    private void closeCaller(boolean reset) {
        closed.accept(this);
        try (caller) {
            if (reset) {
                caller.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // it is closed
        }
    }
}
