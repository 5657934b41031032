// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback address that does with each connection what a test wants, and counts the open ones. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Conversation conversation;
    private final AtomicInteger open = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What to do with a connection; it is closed afterwards. */
    interface Conversation {
        void hold(RawServer server, Socket socket) throws IOException, InterruptedException;
    }

    RawServer(Conversation conversation) {
        this.conversation = conversation;
        try {
            this.listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Answer every request with this status, after a pause. */
    static RawServer answering(int status, int pauseMs) {
        return new RawServer((server, socket) -> {
            while (server.readRequest(socket)) {
                Thread.sleep(pauseMs);
                String answer = "HTTP/1.1 " + status + " Any\r\nContent-Length: 2\r\n\r\nok";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    /** Read requests, answer none. */
    static RawServer silent() {
        return new RawServer((server, socket) -> {
            while (server.readRequest(socket)) {
                // never answered
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    int openConnections() {
        return open.get();
    }

    /** Request lines and headers seen so far, one string per request. */
    List<String> requests() {
        return requests;
    }

    /** Read up to the end of a request's headers; false at the end of the stream. */
    boolean readRequest(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1);
        StringBuilder head = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isEmpty()) {
                requests.add(head.toString());
                return true;
            }
            head.append(line).append('\n');
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.incrementAndGet();
                daemon(() -> converse(socket));
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    private void converse(Socket socket) {
        try (socket) {
            conversation.hold(this, socket);
        } catch (IOException e) {
            // the client closed it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
