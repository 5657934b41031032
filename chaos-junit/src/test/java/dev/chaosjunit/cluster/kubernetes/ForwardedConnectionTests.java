// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.PortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A forwarded connection")
class ForwardedConnectionTests {
    private final List<ForwardedConnection> closed = new ArrayList<>();
    private final FakeForward forward = new FakeForward();
    private Socket caller = new Socket();
    private ForwardedConnection connection = connect();

    @BeforeEach
    void forwarded() {
        connection.forwardedBy(forward);
    }

    @AfterEach
    void hangUp() throws IOException {
        caller.close();
    }

    @Test
    @DisplayName("is a reset for its caller when the other side refuses: an end would be taken for an answer")
    void refused() {
        forward.failures.add(new IOException("connection refused"));

        connection.close();

        assertThatThrownBy(() -> caller.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(closed).containsExactly(connection);
    }

    @Test
    @DisplayName("ends for its caller in order when the other side ends it")
    void ended() throws IOException {
        connection.close();

        assertThat(caller.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    @DisplayName("is ended on the other side, too, when its caller hangs up")
    void hungUp() throws IOException {
        caller.close();

        assertThat(connection.read(ByteBuffer.allocate(10))).isEqualTo(-1);

        assertThat(forward.isAlive()).isFalse();
        assertThat(closed).contains(connection);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    @DisplayName("that hangs up before it is forwarded is ended once it is")
    void early() throws IOException {
        ForwardedConnection unforwarded = connect();
        unforwarded.hangUp();
        FakeForward late = new FakeForward();

        unforwarded.forwardedBy(late);

        assertThat(late.isAlive()).isFalse();
    }

    private ForwardedConnection connect() {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            caller = new Socket(InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
            return new ForwardedConnection(server.accept(), new ForwardFailures("in a test"), closed::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class FakeForward implements PortForward {
        private final List<Throwable> failures = new ArrayList<>();
        private boolean alive = true;

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public boolean errorOccurred() {
            return !failures.isEmpty();
        }

        @Override
        public Collection<Throwable> getClientThrowables() {
            return List.of();
        }

        @Override
        public Collection<Throwable> getServerThrowables() {
            return failures;
        }

        @Override
        public void close() {
            alive = false;
        }
    }
}
