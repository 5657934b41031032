// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.quantity.Rate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads and compiles the HTTP client's classes before the first schedule starts, by requests to a server of our own.
 * Cold, the first request takes so long that the backlog behind it can drown a small machine.
 */
final class Warmup {
    private static final int REQUESTS = 300;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
    private static boolean done;

    private Warmup() {}

    static synchronized void once() {
        if (done) {
            return;
        }
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            request(server.getAddress());
            server.stop(0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
        done = true;
    }

    private static void request(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        URI url =
                URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
        LoadSpec spec = new LoadSpec(url, new Rate(1), "GET", Map.of(), "", LONG_ENOUGH);
        try (HttpSender sender = new HttpSender(spec, new Hosts(Routes.SYSTEM), TraceIds.fresh(), REQUESTS)) {
            long start = System.nanoTime();
            for (int i = 0; i < REQUESTS && System.nanoTime() - start < LONG_ENOUGH.toNanos(); i++) {
                CountDownLatch answered = new CountDownLatch(1);
                Flight flight = new Flight(System.nanoTime(), LONG_ENOUGH.toNanos(), sample -> answered.countDown());
                flight.givenUpBy(sender.send(0, System.nanoTime(), flight));
                if (!answered.await(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
