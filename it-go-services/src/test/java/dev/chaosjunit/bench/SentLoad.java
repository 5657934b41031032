// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.OpenLoad;
import dev.chaosjunit.load.Routes;
import dev.chaosjunit.load.RunningLoad;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Rate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A load that is really sent, to a server of the same JVM, to hold the fed ones against. */
final class SentLoad {
    private SentLoad() {}

    static void print(String rate, String length) throws IOException, InterruptedException {
        Table table = new Table(
                "The same, really sent",
                "requests/s",
                "for",
                "requests that ended",
                "heap that it holds once stopped, its connections included");
        List<String> figures = ForkedJvm.run(SentLoad.class, rate, length);
        table.row(rate, length, figures.get(0), figures.get(1));
    }

    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try {
            send(url, 200, Duration.ofSeconds(1)).close(); // loads what it takes
            long before = LiveHeap.used();
            RunningLoad load = send(url, Double.parseDouble(args[0].replace(",", "")), Durations.parse(args[1]));
            System.out.println(Figures.count(load.samples().size()));
            System.out.println(Figures.mib(LiveHeap.used() - before));
            load.close();
        } finally {
            server.stop(0);
        }
    }

    private static RunningLoad send(URI url, double rate, Duration length) throws InterruptedException {
        RunningLoad load = OpenLoad.start(
                new LoadSpec(url, new Rate(rate), "GET", Map.of(), "", Duration.ofSeconds(5)), Routes.SYSTEM);
        Thread.sleep(length.toMillis());
        load.stop();
        return load;
    }
}
