// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A failure's kind")
class FailureTests {

    @ParameterizedTest(name = "{0}: {1}, sent: {2}")
    @MethodSource("causes")
    @DisplayName("is short, and tells our own side's troubles from the service's")
    void kind(Throwable cause, String kind, boolean sent) {
        assertThat(Failure.of(cause)).isEqualTo(new Failure(kind, sent));
    }

    private static Stream<Arguments> causes() {
        return Stream.of(
                arguments(new UnknownHostException("user-api"), "unknown host", false),
                arguments(new BindException("Cannot assign requested address"), "out of local ports", false),
                arguments(new SocketException("Too many open files"), "out of file descriptors", false),
                arguments(new ConnectionRequestTimeoutException("30 s"), "connection pool exhausted", false),
                arguments(new IllegalStateException("I/O reactor has been shut down"), "IllegalStateException", false),
                arguments(new SocketTimeoutException("1 s"), "timeout", true),
                arguments(new ConnectTimeoutException("Connect to user-api failed"), "timeout", true),
                arguments(new ConnectException("Connection timed out"), "timeout", true),
                arguments(new NoRouteToHostException("No route to host"), "no route to host", true),
                arguments(new ConnectException("Network is unreachable"), "no route to host", true),
                arguments(new ConnectException("Connection refused"), "connection refused", true),
                arguments(new HttpHostConnectException("Connect to user-api failed"), "connection refused", true),
                arguments(new SocketException("Connection reset"), "connection reset", true),
                arguments(new IOException("Broken pipe"), "connection reset", true),
                arguments(new ConnectionClosedException(), "connection closed", true));
    }
}
