// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/** One connection to giouring-server, and what each of its answers must be, byte for byte. */
final class GiouringClient implements AutoCloseable {
    private static final int BODY = 2000;
    private static final String[] KINDS = {"echo", "file", "cancel", "chain", "fixed"};
    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    GiouringClient(String url) throws IOException {
        URI uri = URI.create(url);
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The n-th request of client number {@code client}: they take turns in what they ask the ring for. */
    void checkNth(int client, int n) throws IOException {
        check(KINDS[n % KINDS.length], client, n);
    }

    /** Whoever goes away at once leaves an answer that nobody waits for. */
    void abandon() throws IOException {
        send("/echo/nobody");
    }

    void check(String kind, int client, int n) throws IOException {
        boolean numbers = kind.equals("file") || kind.equals("fixed");
        String argument = numbers ? String.valueOf(8 * (client + n)) : client + "of" + n;
        send("/" + kind + "/" + argument);
        byte[] expected = numbers ? numbers(8 * (client + n)) : words(argument);
        byte[] body = receive();
        if (!Arrays.equals(body, expected)) {
            throw new AssertionError("/" + kind + "/" + argument + " was answered with: " + new String(body, US_ASCII));
        }
    }

    private static byte[] words(String word) {
        return Arrays.copyOf((word + " ").repeat(BODY).getBytes(US_ASCII), BODY);
    }

    private static byte[] numbers(int from) {
        StringBuilder all = new StringBuilder();
        for (int i = from; all.length() < BODY; i += 8) {
            all.append(String.format("%08d", i));
        }
        return all.toString().getBytes(US_ASCII);
    }

    private void send(String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: it\r\n\r\n").getBytes(US_ASCII));
    }

    private byte[] receive() throws IOException {
        String status = line();
        int length = Integer.parseInt(line().substring("Content-Length: ".length()));
        line();
        byte[] body = in.readNBytes(length);
        if (!status.equals("HTTP/1.1 200 OK")) {
            throw new AssertionError(status + ": " + new String(body, US_ASCII));
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended in mid-answer");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
