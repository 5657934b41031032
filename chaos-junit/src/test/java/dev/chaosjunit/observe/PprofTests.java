// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("pprof")
class PprofTests {
    private final List<String> connectionHeaders = new ArrayList<>();
    private HttpServer server;
    private Instance instance;
    private Pprof pprof;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        instance = new Instance(
                "user-api-0",
                "user-api-0",
                "user-api",
                Map.of(),
                "127.0.0.1",
                new Handle.LocalProcess(1),
                "eth0",
                Map.of("http", 8080));
        pprof = new Pprof("user-api-0", server.getAddress());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @DisplayName("counts goroutines by the profile's first line, on a connection of its own")
    void count() {
        serve("/debug/pprof/goroutine", 200, "goroutine profile: total 12\n1 @ 0x1\n");

        assertThat(pprof.count()).isEqualTo(12);
        assertThat(connectionHeaders).containsExactly("close");
    }

    @Test
    @DisplayName("counts leaked goroutines, and knows a target without such a profile")
    void leaked() {
        assertThat(pprof.leaked()).isEmpty();
        serve("/debug/pprof/goroutineleak", 200, "goroutineleak profile: total 3\n");
        assertThat(pprof.leaked()).hasValue(3);
    }

    @Test
    @DisplayName("takes no dump for whole that Go has cut off at 64 MiB")
    void cut() {
        String one = "goroutine 1 [select]:\nmain.main()\n\n";
        serve("/debug/pprof/goroutine", 200, one.repeat((64 << 20) / one.length() + 1));

        assertThatExceptionOfType(PprofException.class)
                .isThrownBy(pprof::dump)
                .withMessageContaining("user-api-0: its goroutines are more than the 64 MiB");
    }

    @Test
    @DisplayName("names pod, URL, cause and remedy when nothing listens")
    void nothingListens() {
        server.stop(0);

        assertThatExceptionOfType(PprofException.class)
                .isThrownBy(pprof::dump)
                .withMessageContaining("user-api-0")
                .withMessageContaining("http://127.0.0.1:" + server.getAddress().getPort())
                .withMessageContaining("Connection refused")
                .withMessageContaining("declare a container port that serves net/http/pprof");
    }

    @Test
    @DisplayName("names the status when another server answers, and what the answer is not")
    void anotherServer() {
        assertThatExceptionOfType(PprofException.class).isThrownBy(pprof::count).withMessageContaining("HTTP 404");
        serve("/debug/pprof/goroutine", 200, "<html>");
        assertThatExceptionOfType(PprofException.class).isThrownBy(pprof::count).withMessageContaining("no profile");
        assertThatExceptionOfType(PprofException.class).isThrownBy(pprof::dump).withMessageContaining("<html>");
        serve("/debug/pprof/goroutineleak", 500, "");
        assertThatExceptionOfType(PprofException.class)
                .isThrownBy(pprof::leaked)
                .withMessageContaining("HTTP 500");
    }

    @Test
    @DisplayName("is found at the port of that name, and nowhere else")
    void port() {
        Instance withAdmin = new Instance(
                "a-0", "a-0", "a", Map.of(), "10.0.0.1", new Handle.LocalProcess(1), "eth0", Map.of("admin", 6060));

        assertThat(Pprof.port(withAdmin, "admin")).isEqualTo(6060);
        assertThatExceptionOfType(PprofException.class)
                .isThrownBy(() -> Pprof.port(instance, "admin"))
                .withMessageContaining("user-api-0")
                .withMessageContaining("http=8080")
                .withMessageContaining("\"admin\"");
    }

    private void serve(String path, int status, String body) {
        server.createContext(path, exchange -> {
            connectionHeaders.add(exchange.getRequestHeaders().getFirst("Connection"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
