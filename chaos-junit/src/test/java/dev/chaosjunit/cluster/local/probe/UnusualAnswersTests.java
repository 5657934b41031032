// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.manifest.Probe.Check;
import dev.chaosjunit.cluster.manifest.Probe.Grpc;
import dev.chaosjunit.cluster.manifest.Probe.HttpGet;
import dev.chaosjunit.cluster.manifest.Probe.TcpSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A question over the network")
class UnusualAnswersTests {

    @Test
    @DisplayName("by TCP is good where the port is open, and says so")
    void open() throws Exception {
        try (RawServer server = new RawServer("", 0, true)) {
            assertThat(Loopback.ask(new TcpSocket(server.port())))
                    .isEqualTo(new Answer(true, "connect to 127.0.0.1:" + server.port() + ": open"));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("is bad where nobody listens")
    void refused(Kind kind) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(Loopback.ask(kind.on(port)))
                .matches(answer -> !answer.good())
                .extracting(Answer::text)
                .asString()
                .contains("127.0.0.1:" + port)
                .endsWith(": Connection refused");
    }

    @ParameterizedTest
    @MethodSource("talking")
    @DisplayName("is bad when its time is over, however steadily bytes come")
    void slow(Kind kind) throws Exception {
        try (RawServer silent = new RawServer("", 0, false);
                RawServer slow = new RawServer("HTTP/1.1 200 OK\r\n" + "x".repeat(1000), 20, false)) {
            assertThat(Loopback.ask(kind.on(silent.port()), Duration.ofMillis(200))
                            .text())
                    .endsWith("Read timed out");
            long start = System.nanoTime();
            assertThat(Loopback.ask(kind.on(slow.port()), Duration.ofMillis(400)))
                    .matches(answer -> !answer.good());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @MethodSource("talking")
    @DisplayName("is bad where it is not understood, and shows what came")
    void another(Kind kind) throws Exception {
        try (RawServer ssh = new RawServer("SSH-2.0-OpenSSH_9.2 Debian\r\n", 0, false);
                RawServer none = new RawServer("", 0, true)) {
            assertThat(Loopback.ask(kind.on(ssh.port())).text())
                    .matches(".*: (no HTTP/1 answer: \"SSH-2.0-OpenSSH_9.2 Debian\"|no HTTP/2 answer|Unsupported .*)");
            assertThat(Loopback.ask(kind.on(none.port())).text())
                    .matches(
                            ".*(closed without an answer|Remote host terminated the handshake|Connection reset|Broken pipe)");
        }
    }

    @Test
    @DisplayName("by HTTP is answered by what comes after 100 Continue, and not by its body")
    void informed() throws Exception {
        try (RawServer server =
                new RawServer("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.0 500 Oh\r\n\r\n", 0, false)) {
            assertThat(Loopback.ask(new HttpGet(server.port(), "/", false, Map.of()))
                            .text())
                    .endsWith(": 500");
        }
    }

    @Test
    @DisplayName("by gRPC is bad where the answer is longer than any health is")
    void tooLong() throws Exception {
        String frame = "\0\0\5\0\0\0\0\0\1" + "\0\177\377\377\377";
        try (RawServer server = new RawServer(frame, 0, false)) {
            assertThat(Loopback.ask(new Grpc(server.port(), "")).text()).endsWith(": an answer that is too long");
        }
    }

    /** A check on a port. */
    private record Kind(String name, IntFunction<Check> check) {
        Check on(int port) {
            return check.apply(port);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.concat(Stream.of(new Kind("TCP", TcpSocket::new)), talking());
    }

    static Stream<Kind> talking() {
        return Stream.of(
                new Kind("HTTP", port -> new HttpGet(port, "/", false, Map.of())),
                new Kind("HTTPS", port -> new HttpGet(port, "/", true, Map.of())),
                new Kind("gRPC", port -> new Grpc(port, "")));
    }
}
