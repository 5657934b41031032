// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("both")
@Tag("slow-on-k3s")
@DisplayName("A fault in calls for one trace")
class OneTraceIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String GET_USER = "users.(*handler).get";
    private static final int REQUESTS = 1000;

    @Test
    @DisplayName("lets one of 1,000 requests fail that are under way at the same time: that one")
    void panics() throws Exception {
        Fixtures.succeeds(PanicTestCase.class);
        assertThat(Report.of("PanicTestCase.oneOfAThousand").hits()).isEqualTo(1);
    }

    @Test
    @DisplayName("makes one request late, and no other")
    void delays() throws Exception {
        Fixtures.succeeds(DelayTestCase.class);
        assertThat(Report.of("DelayTestCase.oneIsLate").hits()).isEqualTo(1);
    }

    @Test
    @DisplayName("that hit nothing as the program does not say what a goroutine works for says what to do")
    void unlabelled() {
        assertThat(Fixtures.onlyFailure(UnlabelledTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining(
                        "The fault hit nothing: panic in main.price, goroutines labelled trace_id=" + TRACE)
                .hasMessageContaining(
                        "calls matched; none of these calls was by a goroutine with a pprof label trace_id:"
                                + " run the handler under pprof.Do with that label, as chaosotel does (docs/one-trace.md)");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    static class PanicTestCase {
        @Test
        @GoPanic(selector = "app=user-api", function = GET_USER, trace = TRACE, duration = "15s")
        void oneOfAThousand(ChaosRun run) throws Exception {
            URI uri = URI.create(run.service("user-api").url() + "/users/1");
            HttpClient client = Traced.client();
            assertThat(Traced.status(client, Traced.request(uri, "f".repeat(32))))
                    .isEqualTo(200);

            Map<String, CompletableFuture<HttpResponse<Void>>> answers = new HashMap<>();
            for (String trace : Traced.among(REQUESTS, TRACE)) {
                answers.put(
                        trace, client.sendAsync(Traced.request(uri, trace), HttpResponse.BodyHandlers.discarding()));
            }
            Map<String, Integer> failed = new TreeMap<>();
            answers.forEach((trace, answer) -> failed.put(trace, answer.join().statusCode()));
            failed.values().removeIf(status -> status == 200);

            assertThat(failed).isEqualTo(Map.of(TRACE, 500));
            assertThat(run.pods()).containsAll(run.targets());
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "1s", recovery = "1s")
    @ShopImages
    static class DelayTestCase {
        private static final Duration LATE = Duration.ofSeconds(3);

        @Test
        @GoDelay(selector = "app=user-api", function = GET_USER, trace = TRACE, latency = "3s", duration = "15s")
        void oneIsLate(ChaosRun run) throws Exception {
            URI uri = URI.create(run.service("user-api").url() + "/users/1");
            HttpClient client = Traced.client();
            List<String> late = new ArrayList<>();
            for (String trace : Traced.among(REQUESTS / 10, TRACE)) {
                long sent = System.nanoTime();
                assertThat(Traced.status(client, Traced.request(uri, trace))).isEqualTo(200);
                if (System.nanoTime() - sent >= LATE.toNanos()) {
                    late.add(trace);
                }
            }
            assertThat(late).containsExactly(TRACE);
        }
    }

    /** Its handlers do not run under pprof.Do. */
    @ChaosTest(manifests = "classpath:leaf.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "leaf", main = ".", directory = "src/test/go/leaf")
    @Load(url = "http://leaf/", rate = "50/s")
    static class UnlabelledTestCase {
        @Test
        @GoPanic(selector = "app=leaf", function = "main.price", trace = TRACE, duration = "2s")
        void test() {}
    }
}
