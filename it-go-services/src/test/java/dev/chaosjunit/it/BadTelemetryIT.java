// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Traces;
import dev.chaosjunit.observe.trace.SpanStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Telemetry that nobody should send, more than anybody takes, and a backend that is down")
class BadTelemetryIT {
    private static final String ID = "FloodedTestCase.flooded";

    /** Beside the one before it and the one after it, of which there is one too many. */
    private static final int FLOOD = 210_000;

    /** How a header that is too long ends is the JDK's business, which has no place to count it either. */
    private static final String ANSWERS = """
            no protobuf: 400
            no JSON: 400
            no gzip: 400
            no OTLP: 415
            too long: 413
            header of 10 MB: (no answer|4\\d\\d)
            a span without an id: 200
            a span: 200
            flood: 200
            a span after it: 200
            """;

    @Test
    @DisplayName("fail no test, and are counted in the report")
    void counted() throws IOException {
        int nobody;
        try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closedAtOnce.getLocalPort();
        }
        Fixtures.succeeds(FloodedTestCase.class, Map.of(ChaosParameters.OTLP_ENDPOINT, "http://127.0.0.1:" + nobody));
        JsonNode traces = Report.of(ID).traces();
        assertThat(traces.at("/notKept/refused").asInt()).isEqualTo(5);
        assertThat(traces.at("/notKept/invalid").asInt()).isEqualTo(1);
        assertThat(traces.at("/spans").asInt()).isBetween(100_000, SpanStore.SPANS);
        assertThat(traces.at("/notKept/dropped").asInt())
                .isEqualTo(FLOOD + 2 - traces.at("/spans").asInt());
        assertThat(Report.of(ID).notes())
                .contains("Not all telemetry came to http://127.0.0.1:" + nobody)
                .contains("exports were lost");
        assertThat(Files.readString(Fixtures.REPORT.resolve("index.html")))
                .contains(" dropped for want of room", "5 requests refused, as too long or no OTLP.")
                .contains("1 span without legal ids left out.");
    }

    @Tag("fixture")
    @ChaosTest(manifests = "classpath:traced/flood.yaml", baseline = "1s", recovery = "1s")
    @GoImage(name = "flood", main = "./src/test/go/flood")
    @Traces
    @Load(url = "http://flood/", rate = "50/s")
    static class FloodedTestCase {
        @Test
        @NetworkDelay(selector = "app=flood", latency = "10ms", duration = "1s")
        void flooded(ChaosRun run) throws IOException, InterruptedException {
            URI uri = URI.create(run.service("flood").url() + "/flood");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body())
                    .matches(ANSWERS);
        }
    }
}
