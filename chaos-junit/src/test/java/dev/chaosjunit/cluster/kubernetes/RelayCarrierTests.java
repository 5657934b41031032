// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the real relay, on the loopback, where a port-forward would be between. */
@DisplayName("By a relay")
@Timeout(30)
class RelayCarrierTests {
    private static final Path AGENT = Path.of(
            "../chaos-bpf-native/target/native/linux-"
                    + (System.getProperty("os.arch").equals("amd64") ? "x86-64" : "aarch64"),
            "chaos-agent");
    private static final int OPEN = 0;
    private static final int CLOSED = 1;
    private static final int MUCH = 64 << 20;

    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private ServerSocket target;
    private Process relay;
    private RelayCarrier carrier;

    @BeforeEach
    void connect() throws IOException {
        target = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        int port = freePort();
        relay = new ProcessBuilder(
                        AGENT.toString(),
                        "relay",
                        Integer.toString(port),
                        "127.0.0.1:" + target.getLocalPort(),
                        "127.0.0.1:" + freePort())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(relay.inputReader().readLine()).startsWith("ready version=3");
        carrier = RelayCarrier.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2, "the relay", ended::complete);
    }

    @AfterEach
    void end() throws Exception {
        carrier.close();
        relay.destroyForcibly().waitFor();
        target.close();
    }

    @Test
    @DisplayName("hundreds of connections go side by side")
    void many() throws IOException {
        List<Socket> callers = new ArrayList<>();
        List<Socket> served = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            callers.add(call(OPEN));
            served.add(target.accept());
        }
        for (int i = 299; i >= 0; i--) {
            served.get(i).getOutputStream().write(("from " + i + "\n").getBytes(UTF_8));
            served.get(i).close();
        }
        for (int i = 0; i < 300; i++) {
            assertThat(new String(callers.get(i).getInputStream().readAllBytes(), UTF_8))
                    .startsWith("from ");
            callers.get(i).close();
        }
    }

    @Test
    @DisplayName("one side may end before the other")
    void halfClose() throws IOException {
        try (Socket caller = call(OPEN);
                Socket served = target.accept()) {
            caller.getOutputStream().write("question".getBytes(UTF_8));
            caller.shutdownOutput();
            assertThat(served.getInputStream().readAllBytes()).asString().isEqualTo("question");
            served.getOutputStream().write("answer".getBytes(UTF_8));
            served.shutdownOutput();
            assertThat(caller.getInputStream().readAllBytes()).asString().isEqualTo("answer");
        }
    }

    @Test
    @DisplayName("a target that refuses, and one that breaks off, is a reset for its caller")
    void reset() throws IOException {
        try (Socket caller = call(CLOSED)) {
            assertReset(caller);
        }
        try (Socket caller = call(OPEN)) {
            breakOff(target.accept());
            assertReset(caller);
        }
    }

    @Test
    @DisplayName("a caller that breaks off is a reset for the target")
    void brokenOff() throws IOException {
        Socket caller = call(OPEN);
        try (Socket served = target.accept()) {
            breakOff(caller);
            assertReset(served);
        }
    }

    @Test
    @DisplayName("who does not read holds nobody up, and gets every byte in the end")
    void slowReader() throws Exception {
        try (Socket slow = call(OPEN);
                Socket sending = target.accept()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(sending));
            for (int i = 0; i < 20; i++) {
                halfClose();
            }
            assertThat(sent).isNotDone();
            assertThat(checked(slow.getInputStream())).isEqualTo(MUCH);
            sent.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("much can be sent to a target, too")
    void upload() throws Exception {
        try (Socket sending = call(OPEN);
                Socket slow = target.accept()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(sending));
            for (int i = 0; i < 20; i++) {
                halfClose();
            }
            assertThat(sent).isNotDone();
            assertThat(checked(slow.getInputStream())).isEqualTo(MUCH);
            sent.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisplayName("when it dies, callers are reset, whoever comes later is refused, and the run is told")
    void death() throws Exception {
        try (Socket caller = call(OPEN);
                Socket served = target.accept()) {
            relay.destroyForcibly();

            assertThat(ended.get(5, TimeUnit.SECONDS)).isNotEmpty();
            assertReset(caller);
            assertThat(served.getInputStream()).isNotNull();
        }
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        call(OPEN).close();
                        Thread.sleep(10);
                    }
                })
                .isInstanceOf(ConnectException.class);
    }

    @Test
    @DisplayName("its own end is no loss")
    void close() throws Exception {
        carrier.close();

        assertThatThrownBy(() -> ended.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    private Socket call(int number) throws IOException {
        InetSocketAddress address = carrier.local(number);
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void breakOff(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    private static void send(Socket to) {
        byte[] bytes = new byte[MUCH];
        for (int i = 0; i < MUCH; i++) {
            bytes[i] = (byte) ((i * 31) >> 8);
        }
        try {
            to.getOutputStream().write(bytes);
            to.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes came, all of them right. */
    private static int checked(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != (byte) ((i * 31) >> 8)) {
                return -i;
            }
        }
        return bytes.length;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
