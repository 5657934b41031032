// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The recordings are of one program: HTTP/1, HTTP/2 (net/http and golang.org/x/net) and gRPC, server and client. */
@DisplayName("Connections at rest")
class IdleConnectionsTests {

    @Test
    @DisplayName("are counted for clients only, by themselves, one each; what else there is of them is not")
    void idle() {
        assertThat(sizes("idle-connections.txt"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Goroutine.MAIN,
                        1,
                        "main.main",
                        1, // accepts
                        "net/http/httptest.(*Server).goServe",
                        2, // accept
                        "google.golang.org/grpc/internal/grpcsync.NewCallbackSerializer",
                        3, // of the channel
                        "net/http.(*Transport).dialConn, idle connections",
                        1,
                        "net/http.(*http2Transport).newClientConn, idle connections",
                        1,
                        "golang.org/x/net/http2.(*Transport).newClientConn, idle connections",
                        1,
                        "google.golang.org/grpc/internal/transport.NewHTTP2Client, idle connections",
                        1));
    }

    @Test
    @DisplayName("are no more where calls hang and a body stays open: callers, handlers and the body's readLoop count")
    void busy() {
        assertThat(sizes("busy-connections.txt"))
                .containsEntry("main.call", 3) // hang in roundTrip
                .containsEntry("net/http.(*Transport).dialConn", 1) // readLoop in select: a body is open
                .containsEntry("net/http.(*Server).Serve", 1) // a handler
                .containsEntry("net/http.(*http2serverConn).scheduleHandler", 2)
                .containsEntry("net/http.(*http2ClientConn).roundTrip", 1)
                .containsEntry("golang.org/x/net/http2.(*ClientConn).internalRoundTrip", 1)
                .containsEntry("google.golang.org/grpc.(*Server).serveStreams.func2", 1)
                .containsEntry("main.main", 2) // accepts, and a stream's Recv
                .doesNotContainKey("net/http.(*connReader).startBackgroundRead");
    }

    @Test
    @DisplayName("are a question from more than ten new ones of a client on, and never for a server")
    void many() {
        assertThat(Goroutine.allowance("net/http.(*Transport).dialConn, idle connections"))
                .isEqualTo(10);
        assertThat(Goroutine.allowance("net/http.(*Transport).dialConn")).isZero();
    }

    private static Map<String, Integer> sizes(String recorded) {
        return Dumps.recorded(recorded).groups().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().size()));
    }
}
