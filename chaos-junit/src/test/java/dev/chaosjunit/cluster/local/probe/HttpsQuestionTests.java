// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chaosjunit.cluster.manifest.Probe.HttpGet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A question by HTTPS")
class HttpsQuestionTests {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private HttpsServer server;

    /** With a certificate of its own making, for another name, that ran out long ago. */
    @BeforeEach
    void serve(@TempDir Path directory) throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(directory.resolve("keys"))));
        answer(server, "/healthz", 200);
        answer(server, "/sick", 503);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @DisplayName("takes any certificate")
    void anyCertificate() throws InterruptedException {
        String url = "https://127.0.0.1:" + port();
        assertThat(Loopback.ask(new HttpGet(port(), "/healthz", true, Map.of())))
                .isEqualTo(new Answer(true, "GET " + url + "/healthz: 200"));
        assertThat(Loopback.ask(new HttpGet(port(), "/sick", true, Map.of())))
                .isEqualTo(new Answer(false, "GET " + url + "/sick: 503"));
    }

    @Test
    @DisplayName("is what one by HTTP becomes where it is sent there")
    void redirected() throws Exception {
        HttpServer plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        plain.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Location", "https://127.0.0.1:" + port() + "/sick");
            exchange.sendResponseHeaders(308, -1);
            exchange.close();
        });
        plain.start();
        try {
            assertThat(Loopback.ask(new HttpGet(plain.getAddress().getPort(), "/", false, Map.of())))
                    .isEqualTo(new Answer(
                            false, "GET http://127.0.0.1:" + plain.getAddress().getPort() + "/: 503"));
        } finally {
            plain.stop(0);
        }
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpServer server, String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=elsewhere.example",
                        "-startdate",
                        "-10d",
                        "-validity",
                        "1",
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(printed).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(keys)) {
            store.load(input, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
