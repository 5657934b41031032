// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ReadinessProbe.Check;
import dev.chaosjunit.cluster.manifest.ReadinessProbe.HttpGet;
import dev.chaosjunit.cluster.manifest.ReadinessProbe.TcpSocket;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.time.Duration;

/** Asks a pod whether it is ready. Connections are closed after each question: the pod keeps no goroutine for us. */
final class ReadinessCheck {

    private final String address;
    private final Check check;
    private final int connectMillis;
    private final int timeoutMillis;

    ReadinessCheck(String address, Check check, Duration connectTimeout, Duration timeout) {
        this.address = address;
        this.check = check;
        this.connectMillis = (int) Math.min(connectTimeout.toMillis(), timeout.toMillis());
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /** Ask once. */
    Result ask() {
        if (check instanceof HttpGet get) {
            return ask(get);
        }
        return ask((TcpSocket) check);
    }

    private Result ask(HttpGet get) {
        String question = "GET http://" + address + ":" + get.port() + get.path();
        try {
            URL url = new URL("http", address, get.port(), get.path());
            HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(connectMillis);
            connection.setReadTimeout(timeoutMillis);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("User-Agent", "kube-probe (chaos-junit)");
            connection.setRequestProperty("Connection", "close");
            get.headers().forEach(connection::setRequestProperty);
            try {
                int status = connection.getResponseCode();
                return new Result(status >= 200 && status < 400, question + ": " + status);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return new Result(false, question + ": " + e.getMessage());
        }
    }

    private Result ask(TcpSocket socket) {
        String question = "connect to " + address + ":" + socket.port();
        try (Socket connection = new Socket()) {
            connection.connect(new InetSocketAddress(address, socket.port()), connectMillis);
            return new Result(true, question + ": open");
        } catch (IOException e) {
            return new Result(false, question + ": " + e.getMessage());
        }
    }

    /** The answer, and the question with it for messages. */
    record Result(boolean good, String text) {}
}
