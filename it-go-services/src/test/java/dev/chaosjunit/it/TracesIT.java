// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.chaosjunit.CallsPerRequest;
import dev.chaosjunit.ChaosIdCarried;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Traces;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import dev.chaosjunit.observe.trace.Span;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("both")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("Traces of gateway → order-service → user-api → auth-service")
class TracesIT {
    private static final String CARRIED = "CarriedTestCase.everyHop";

    @Test
    @Tag("demo")
    @DisplayName("carry the chaos id in every span, log line and exemplar, and show where the delay is")
    void carried() throws IOException {
        Fixtures.succeeds(CarriedTestCase.class);
        assertThat(Report.of(CARRIED).traces().at("/slower/0/part").asText())
                .isEqualTo("order-service: HTTP GET (client span)");
        assertThat(Report.of(CARRIED).traces().at("/lost")).isEmpty();
        assertThat(Report.of(CARRIED).traces().at("/deadlines").asText())
                .startsWith("Least of a deadline was left at ")
                .endsWith("; no span of auth-service tells of one.");
    }

    @Test
    @Tag("slow-on-k3s")
    @DisplayName("tell who forgets the id, by gRPC as well")
    void forgets() {
        assertThat(Fixtures.onlyFailure(ForgetsTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageMatching("(?s).*ForgetsTestCase\\.forgets/fault was lost on its way:"
                        + " order-service does not pass it on to user-api: ([\\d,]+) of \\1 requests\\..*");
    }

    @Test
    @Tag("slow-on-k3s")
    @DisplayName("tell whose context is lost")
    void loses() {
        assertThat(Fixtures.onlyFailure(LosesTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageMatching(
                        "(?s).*was lost on its way:.*user-api has [\\d,]+ spans of traces of their own in this"
                                + " time: who calls it loses the context.*");
    }

    @Test
    @Tag("slow-on-k3s")
    @DisplayName("show a retry storm by the calls a request, and none where a gateway holds back")
    void storm() {
        Fixtures.succeeds(RestraintTestCase.class);
        assertThat(Fixtures.onlyFailure(StormTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageMatching(
                        "(?s).*In the fault window, gateway called order-service [45]\\.?\\d* times a request"
                                + " \\(.*with 95% confidence.*; the limit is 2\\.5\\..*");
    }

    @Tag("fixture")
    @ChaosTest(
            manifests = {
                "classpath:traced/users.yaml",
                "classpath:traced/order-service.yaml",
                "classpath:traced/gateway.yaml"
            },
            baseline = "2s",
            recovery = "2s")
    @ShopImages
    @Traces
    @Load(url = "http://gateway/v1/orders/1", rate = "50/s")
    static class CarriedTestCase {
        @Test
        @NetworkDelay(
                selector = "app=order-service",
                target = "app=user-api",
                mode = Mode.ALL,
                latency = "80ms",
                duration = "4s")
        @ChaosIdCarried
        void everyHop(ChaosRun run) throws InterruptedException {
            run.awaitRevert();
            Exemplars exemplars = Exemplars.of("order-service", run);
            await().until(() -> run.traces().services().size() == 4);
            List<Span> marked = run.traces().startedIn(0, Long.MAX_VALUE).stream()
                    .filter(span -> span.attribute(Span.CHAOS_ID).equals(CARRIED + "/fault"))
                    .toList();
            assertThat(marked.stream().map(Span::service).collect(Collectors.toSet()))
                    .hasSize(4);
            exemplars.assertCarry(CARRIED + "/fault", marked);
            Deadlines.assertFall(run.traces(), marked);
            LogLines.assertCarry(CARRIED + "/fault", marked, run);
        }
    }

    @Tag("fixture")
    @ChaosTest(
            manifests = {
                "classpath:traced/users.yaml",
                "classpath:traced/order-service-forgets.yaml",
                "classpath:traced/gateway.yaml"
            },
            baseline = "1s",
            recovery = "1s")
    @ShopImages
    @Traces(protocol = OtlpProtocol.GRPC)
    @Load(url = "http://gateway/v1/orders/1", rate = "50/s")
    @ChaosIdCarried
    static class ForgetsTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", latency = "10ms", duration = "2s")
        void forgets() {}
    }

    @Tag("fixture")
    @ChaosTest(
            manifests = {
                "classpath:traced/users.yaml",
                "classpath:traced/order-service-loses.yaml",
                "classpath:traced/gateway.yaml"
            },
            baseline = "1s",
            recovery = "1s")
    @ShopImages
    @Traces
    @Load(url = "http://gateway/v1/orders/1", rate = "50/s")
    @ChaosIdCarried
    static class LosesTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", latency = "10ms", duration = "2s")
        void loses() {}
    }

    @Tag("fixture")
    @ChaosTest(
            manifests = {
                "classpath:traced/users.yaml",
                "classpath:traced/order-service.yaml",
                "classpath:traced/gateway.yaml"
            },
            baseline = "2s",
            recovery = "2s",
            recoverWithin = "20s")
    @ShopImages
    @Traces
    @Load(url = "http://gateway/v1/orders/1", rate = "25/s", timeout = "5s")
    @CallsPerRequest(from = "gateway", to = "order-service", max = 2.5)
    static class RestraintTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", latency = "3s", duration = "4s")
        void restraint() {}
    }

    @Tag("fixture")
    @ChaosTest(
            manifests = {
                "classpath:traced/users.yaml",
                "classpath:traced/order-service.yaml",
                "classpath:traced/gateway-retries.yaml"
            },
            baseline = "2s",
            recovery = "2s",
            recoverWithin = "20s")
    @ShopImages
    @Traces
    @Load(url = "http://gateway/v1/orders/1", rate = "25/s", timeout = "5s")
    @CallsPerRequest(from = "gateway", to = "order-service", max = 2.5)
    static class StormTestCase {
        @Test
        @NetworkDelay(selector = "app=order-service", latency = "3s", duration = "4s")
        void storm() {}
    }
}
