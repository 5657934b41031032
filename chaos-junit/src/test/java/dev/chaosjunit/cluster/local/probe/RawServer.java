// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends the same bytes to whoever connects, one after another if it is slow, and then keeps the connection or not. */
final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final String bytes;
    private final long everyMillis;
    private final boolean closes;

    RawServer(String bytes, long everyMillis, boolean closes) throws IOException {
        this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.bytes = bytes;
        this.everyMillis = everyMillis;
        this.closes = closes;
        Thread thread = new Thread(this::serve, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept();
                    OutputStream output = connection.getOutputStream()) {
                for (byte each : bytes.getBytes(ISO_8859_1)) {
                    output.write(each);
                    Thread.sleep(everyMillis);
                }
                if (!closes) {
                    var unused = connection.getInputStream().readAllBytes();
                }
            } catch (IOException e) {
                // it went
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
