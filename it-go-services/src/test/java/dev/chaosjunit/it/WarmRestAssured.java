// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Its first answer takes REST-assured seconds on a busy machine, as Groovy links it: too long for a fault of five. */
final class WarmRestAssured {
    private static final byte[] ANSWER = "{\"degraded\":true}".getBytes(StandardCharsets.UTF_8);

    private WarmRestAssured() {}

    /** Ask something of this JVM, and look at the answer. */
    static void up() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
            exchange.close();
        });
        server.start();
        try {
            given().baseUri("http://127.0.0.1:" + server.getAddress().getPort())
                    .get("/")
                    .then()
                    .statusCode(200)
                    .body("degraded", is(true));
        } finally {
            server.stop(0);
        }
    }
}
