// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.slo.Phase;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;

@Tag("demo")
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("A service with a bad habit is found: ")
class FragileIT {
    private static final String AUTH = "auth-service.default.svc.cluster.local";

    @Test
    @Tag("both")
    @DisplayName("no breaker and no fallback, by the error rate during the fault")
    void noBreaker() {
        Throwable failure = Fixtures.onlyFailure(NoBreakerTestCase.class);
        assertThat(failure)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("fault")
                .hasMessageContaining("http://user-api/users/1")
                .hasMessageContaining("above the limit of 1%");
        assertThat(Page.read(Page.ROOT.resolve("README.md")).blocks())
                .as("what the README says it looks like, but for the figures")
                .filteredOn(block -> block.code().startsWith("FAILED"))
                .singleElement()
                .satisfies(block -> assertThat(withoutFigures(String.valueOf(failure.getMessage())))
                        .contains(withoutFigures(block.code()).split("\n")));
    }

    /** Nor names of pods, nor the kinds of errors, which a busy machine may add to. */
    private static String withoutFigures(String text) {
        return text.lines()
                .map(line -> line.strip()
                        .replaceAll("user-api-\\S+", "POD")
                        .replaceAll("limit of 1%: .*", "limit of 1%")
                        .replaceAll("\\d[\\d.,]*", "#"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    @DisplayName("no time-out, by the requests that hang")
    void noTimeout() {
        assertThat(Fixtures.onlyFailure(NoTimeoutTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("above the limit of 500ms");
    }

    @Test
    @Tag("both")
    @DisplayName("a goroutine leaked by each failed call, by its stack")
    void leak() {
        assertThat(Fixtures.onlyFailure(LeakTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("Goroutines of user-api-")
                .hasMessageContaining("fragile.Habits.Called")
                .hasMessageMatching("(?s).* at [^ ]*fragile\\.Habits\\.Called\\.func1 \\([^ ]*habits\\.go:\\d+\\).*");
    }

    @Test
    @DisplayName("no time-out towards a slow replica, by the latency during the fault")
    void noTimeoutTowardsReplica() {
        assertThat(Fixtures.onlyFailure(OrdersNoTimeoutTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("above the limit of 700ms");
    }

    @Test
    @DisplayName("a connection that is made only once, by all that fails after it was reset")
    void noReconnect() {
        assertThat(Fixtures.onlyFailure(NoReconnectTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("In the fault window, http://gateway/v1/payments/demo: ")
                .hasMessageContaining("above the limit of 2%");
    }

    @DisplayName("user-api without a breaker")
    @ChaosTest(manifests = "classpath:user-api-no-breaker.yaml") // ordinary Kubernetes YAML
    @GoImage(name = "user-api", main = "./cmd/user-api") // image in the YAML -> Go package to build
    @GoImage(name = "auth-service", main = "./cmd/auth-service")
    @Load(url = "http://user-api/users/1", rate = "100/s") // open model: sending never waits for answers
    @Slo(p99 = "500ms", errorRate = "2%") // the steady state: before the fault and after it
    static class NoBreakerTestCase {
        @Test
        @DisplayName("while it cannot resolve auth-service")
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "4s")
        @Slo(phase = Phase.FAULT, p99 = "500ms", errorRate = "1%") // what may happen while the fault is on
        void noBreaker() {}
    }

    @DisplayName("user-api without time-outs")
    @ChaosTest(manifests = "classpath:user-api-no-timeout.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "200/s")
    @Slo(p99 = "500ms", errorRate = "2%")
    static class NoTimeoutTestCase {
        @Test
        @DisplayName("while its name queries are not answered")
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.DROP, duration = "4s")
        @Slo(phase = Phase.FAULT, p99 = "500ms", errorRate = "1%")
        void noTimeout() {}
    }

    @DisplayName("user-api that leaks a goroutine per failed call")
    @ChaosTest(manifests = "classpath:user-api-leak.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "100/s")
    @Slo(p95 = "500ms", errorRate = "2%")
    @GoroutineBaseline(within = "15s")
    static class LeakTestCase {
        @Test
        @DisplayName("while it cannot resolve auth-service")
        @DnsChaos(selector = "app=user-api", patterns = AUTH, action = DnsAction.NXDOMAIN, duration = "4s")
        @Slo(phase = Phase.FAULT, p99 = "500ms", errorRate = "1%")
        void leak() {}
    }

    @DisplayName("gateway without time-outs")
    @ChaosTest(manifests = "classpath:orders-no-timeout.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://gateway/v1/orders/1", rate = "200/s")
    @Slo(p99 = "500ms", errorRate = "2%")
    static class OrdersNoTimeoutTestCase {
        @Test
        @DisplayName("while one replica of order-service is slow")
        @NetworkDelay(
                selector = "app=order-service",
                mode = Mode.ONE,
                latency = "1s",
                jitter = "100ms",
                correlation = "100",
                duration = "4s")
        @Slo(phase = Phase.FAULT, p99 = "700ms", errorRate = "1%")
        void noTimeoutTowardsReplica() {}
    }

    @DisplayName("gateway that connects once")
    @ChaosTest(
            manifests = "classpath:payments-no-reconnect.yaml",
            baseline = "1s",
            recovery = "1s",
            recoverWithin = "0s")
    @ShopImages
    @Load(url = "http://gateway/v1/payments/demo", rate = "200/s")
    @Slo(p95 = "500ms", errorRate = "2%")
    static class NoReconnectTestCase {
        @Test
        @DisplayName("when its connection to payment-service is reset")
        @ConnectionReset(selector = "app=gateway", target = "app=payment-service", count = 1, duration = "2s")
        @Slo(phase = Phase.FAULT, errorRate = "2%")
        void noReconnect() {}
    }
}
