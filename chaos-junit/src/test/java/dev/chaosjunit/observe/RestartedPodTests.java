// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The goroutines of a pod that restarted")
class RestartedPodTests {
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final String MAIN = "goroutine 1 [running]:\nmain.main()\n\t/main.go:1 +0x1\n";
    private static final String STUCK = MAIN
            + "\ngoroutine 7 [chan send]:\nmain.work()\n\t/main.go:2 +0x1\ncreated by main.start in goroutine 1\n"
            + "\t/main.go:3 +0x1\n";

    private HttpServer server;
    private GoroutineWatch watch;
    private volatile String dump = MAIN;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/debug/pprof/goroutineleak", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.createContext("/debug/pprof/goroutine", exchange -> {
            byte[] answer = dump.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        watch = new GoroutineWatch(life(1), new Pprof("p-0", server.getAddress()));
        watch.lookWhileHealthy();
        watch.finishBaseline();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    @DisplayName("are held against the baseline of the process before, and the result says so")
    void back() {
        watch.lives(life(2));
        watch.look(0, LATER);
        GoroutineResult result = watch.result();
        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.detail()).endsWith("(its process ended meanwhile; this is the one that came then)");
    }

    @Test
    @DisplayName("are not stuck for having the number of one that was in the process before")
    void otherProcess() {
        dump = STUCK;
        watch.look(0, LATER);
        watch.lives(life(2));
        watch.lastLook((double) LATER.toMillis(), LATER, LATER);
        assertThat(watch.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(watch.result().detail()).contains("not back");
    }

    @Test
    @DisplayName("would be, in the same process")
    void sameProcess() {
        dump = STUCK;
        watch.look(0, LATER);
        watch.lives(life(1));
        watch.lastLook((double) LATER.toMillis(), LATER, LATER);
        assertThat(watch.result().detail()).contains("stuck").doesNotContain("its process ended");
    }

    private static Instance life(long pid) {
        return new Instance(
                "p-0", "p-0", "p", Map.of(), "127.0.0.1", new Handle.LocalProcess(pid), "eth0", Map.of("admin", 1));
    }
}
