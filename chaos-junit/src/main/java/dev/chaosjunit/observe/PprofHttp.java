// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Asks {@code net/http/pprof}. Each question has a connection of its own, closed with the answer: a kept one would itself be
 * a goroutine of the pod.
 *
 * @param address where its port is reached from here
 */
record PprofHttp(InetSocketAddress address) {
    /** Bytes of an answer that are read at most. */
    static final int MOST = 64 << 20;

    private static final int CONNECT_MS = 2_000;

    /** Whatever the status. */
    record Answer(int status, ByteBuffer body) {
        String text() {
            return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        }
    }

    /** Ask, and wait so long for each part of the answer. */
    Answer get(String path, int timeoutMs) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(timeoutMs);
        try {
            int status = connection.getResponseCode();
            boolean isError = status >= HttpURLConnection.HTTP_BAD_REQUEST;
            try (InputStream body = isError ? connection.getErrorStream() : connection.getInputStream()) {
                return new Answer(status, ByteBuffer.wrap(body == null ? new byte[0] : body.readNBytes(MOST)));
            }
        } finally {
            connection.disconnect();
        }
    }

    URI url(String path) {
        String host = address.getHostString();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + path);
    }
}
