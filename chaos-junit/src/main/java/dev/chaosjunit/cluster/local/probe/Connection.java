// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a pod that is given up when its time is over, however slowly bytes come. No HTTP client of Java 17 can
 * choose the address that it comes from. It is closed after one question: the pod keeps no goroutine for us.
 */
final class Connection implements Closeable {

    private final String to;
    private final long until;
    private Socket socket;

    private Connection(String to, long until, Socket socket) {
        this.to = to;
        this.until = until;
        this.socket = socket;
    }

    /**
     * Connect.
     *
     * @param until when everything must be over, on the clock of {@link System#nanoTime()}
     */
    static Connection open(Route route, int port, Duration connect, long until) throws IOException {
        Connection connection = new Connection(route.to(port), until, new Socket());
        try {
            connection.socket.bind(new InetSocketAddress(route.prober(), 0));
            int limit = (int) Math.min(connect.toMillis(), connection.left());
            connection.socket.connect(new InetSocketAddress(route.pod(), port), limit);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Go on by TLS, whoever it is at the other end: the kubelet verifies no certificate. */
    void secure() throws IOException {
        socket.setSoTimeout(left());
        socket = AnyCertificate.client(socket);
    }

    InputStream input() throws IOException {
        return new BufferedInputStream(new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                socket.setSoTimeout(left());
                return super.read(bytes, offset, length);
            }
        });
    }

    OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    /** Milliseconds, one at least: none would mean for ever. */
    private int left() throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("timed out at " + to);
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
