// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.chaosjunit.cluster.manifest.Probe.Check;
import dev.chaosjunit.cluster.manifest.Probe.HttpGet;
import dev.chaosjunit.cluster.manifest.Probe.TcpSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a pod whether it is ready. Connections are closed after each question: the pod keeps no goroutine for us. */
final class ReadinessCheck {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})");
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    private final String prober;
    private final String address;
    private final Check check;
    private final int connectMillis;
    private final int timeoutMillis;

    /**
     * Prepare the question.
     *
     * @param prober the address that it is asked from
     * @param address the pod's
     */
    ReadinessCheck(String prober, String address, Check check, Duration connectTimeout, Duration timeout) {
        this.prober = prober;
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
        try (Socket connection = connect(get.port())) {
            connection.setSoTimeout(timeoutMillis);
            connection.getOutputStream().write(request(get).getBytes(UTF_8));
            int status = status(connection.getInputStream());
            return new Result(status >= 200 && status < 400, question + ": " + status);
        } catch (IOException e) {
            return new Result(false, question + ": " + e.getMessage());
        }
    }

    private Result ask(TcpSocket socket) {
        String question = "connect to " + address + ":" + socket.port();
        try {
            connect(socket.port()).close();
            return new Result(true, question + ": open");
        } catch (IOException e) {
            return new Result(false, question + ": " + e.getMessage());
        }
    }

    /** From an address of its own, by which a fault tells it from load: no HTTP client of Java 17 can choose one. */
    private Socket connect(int port) throws IOException {
        Socket connection = new Socket();
        try {
            connection.bind(new InetSocketAddress(prober, 0));
            connection.connect(new InetSocketAddress(address, port), connectMillis);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private String request(HttpGet get) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", address + ":" + get.port());
        headers.put("User-Agent", "kube-probe (chaos-junit)");
        headers.putAll(get.headers());
        headers.put("Connection", "close");
        StringBuilder request = new StringBuilder("GET ").append(get.path()).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").toString();
    }

    /** What comes after the status line is not waited for. */
    private static int status(InputStream answer) throws IOException {
        String line = new String(answer.readNBytes(STATUS_LINE), US_ASCII);
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new IOException(line.isEmpty() ? "closed without an answer" : "no HTTP/1 answer: \"" + line + "\"");
        }
        return Integer.parseInt(status.group(1));
    }

    /** The answer, and the question with it for messages. */
    record Result(boolean good, String text) {}
}
