// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static dev.chaosjunit.slo.Phase.FAULT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.Slo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More calls are held at a time than the services have processors. */
@Tag("both")
@DisplayName("Calls of a function that are held for 50 ms, 50 a second, on two processors,")
class GoDelayIT {

    @Test
    @DisplayName("take 50 ms longer, in a service nobody here wrote, and do not wait for each other")
    void foreign() {
        Fixtures.succeeds(HttpbinTestCase.class);
    }

    @Test
    @DisplayName("make a verdict inconclusive where they can only be held with their threads; its first line says so")
    void spinning() {
        assertThat(Fixtures.onlyFailure(LeafTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("[LeafTestCase.test]\n  Calls were held by spinning in leaf-")
                .hasMessageContaining("main.price has no frame")
                .hasMessageContaining(
                        "which the fault itself may have caused: held calls kept all 2 processors of leaf-");
    }

    @ChaosTest(manifests = "classpath:httpbin.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "httpbin", main = "github.com/mccutchen/go-httpbin/v2/cmd/go-httpbin@v2.18.3")
    @Load(url = "http://httpbin/uuid", rate = "50/s")
    @Slo(p50 = "40ms", errorRate = "10%")
    static class HttpbinTestCase {
        private static final int REQUESTS = 11;
        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        @Test
        @GoDelay(selector = "app=httpbin", function = "httpbin.(*HTTPBin).UUID", latency = "50ms", duration = "3s")
        @Slo(phase = FAULT, p50 = "100ms", errorRate = "10%")
        void test(ChaosRun run) throws Exception {
            URI uuid = URI.create(run.service("httpbin").url() + "/uuid");
            long[] nanos = new long[REQUESTS];
            for (int i = 0; i < REQUESTS; i++) {
                nanos[i] = time(uuid);
            }
            Arrays.sort(nanos);
            assertThat(nanos[REQUESTS / 2]).isGreaterThanOrEqualTo(50_000_000);
            run.awaitRevert();
        }

        private static long time(URI uri) throws Exception {
            long start = System.nanoTime();
            HttpResponse<Void> response =
                    CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(response.statusCode()).isEqualTo(200);
            return System.nanoTime() - start;
        }
    }

    @ChaosTest(manifests = "classpath:leaf.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "leaf", main = ".", directory = "src/test/go/leaf")
    @Load(url = "http://leaf/", rate = "50/s")
    @Slo(p50 = "40ms", errorRate = "10%")
    static class LeafTestCase {
        @Test
        @GoDelay(selector = "app=leaf", function = "main.price", latency = "50ms", duration = "2s")
        @Slo(phase = FAULT, p50 = "100ms")
        void test() {}
    }
}
