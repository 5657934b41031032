// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.CallsPerRequest;
import dev.chaosjunit.ChaosIdCarried;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Traces;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A rule on traces that cannot be held is refused before anything is brought up")
class TraceRulesMisuseTests {
    private static final String SHOP = "classpath:extension/none.yaml";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        MaxTestCase.class,
                        "@CallsPerRequest on MaxTestCase.test: max must be above 0 calls a request, but is 0.0"),
                Arguments.of(
                        CarriedTestCase.class,
                        "@ChaosIdCarried on CarriedTestCase.test: no traces are received: put @Traces on the class"),
                Arguments.of(
                        CallsTestCase.class,
                        "@CallsPerRequest(to = \"users\") on CallsTestCase.test: no traces are received: put @Traces"),
                Arguments.of(
                        ElsewhereTestCase.class,
                        "@ChaosIdCarried on ElsewhereTestCase.test: on chaos.runtime=kubeconfig pods export to"
                                + " chaos.otlp.endpoint, and nothing of it is seen here. Leave it out, or set"
                                + " chaos.runtime=local or k3s"),
                Arguments.of(NoLoadTestCase.class, "what must hold of traces needs a load that begins them"),
                Arguments.of(
                        UnfollowedTestCase.class,
                        "what must hold of traces needs a load that begins them, but each has chaosId = false or a"
                                + " traceparent of its own"),
                Arguments.of(
                        BuiltTestCase.class,
                        "@CallsPerRequest(to = \"users\") on BuiltTestCase.test: no traces are received: put @Traces"),
                Arguments.of(
                        BuiltElsewhereTestCase.class,
                        "@ChaosIdCarried on BuiltElsewhereTestCase.test: on chaos.runtime=kubeconfig"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("with the annotation and what to do")
    void refused(Class<?> testCase, String message) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    @DisplayName("also where a parameter says where services run")
    void parameter() {
        assertThat(Apart.failure(TracedTestCase.class, Map.of("chaos.runtime", "kubeconfig")))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("@ChaosIdCarried on TracedTestCase.test: on chaos.runtime=kubeconfig");
    }

    @ChaosTest(manifests = SHOP)
    @Traces
    @Load(url = "http://a", rate = "10/s")
    static class MaxTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @CallsPerRequest(to = "users", max = 0)
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a", rate = "10/s")
    static class CarriedTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @ChaosIdCarried
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a", rate = "10/s")
    @CallsPerRequest(to = "users", max = 2)
    static class CallsTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP, runtime = ClusterRuntime.KUBECONFIG)
    @Traces
    @Load(url = "http://a", rate = "10/s")
    static class ElsewhereTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @ChaosIdCarried
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Traces
    @Load(url = "http://a", rate = "10/s")
    static class TracedTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @ChaosIdCarried
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Traces
    static class NoLoadTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @ChaosIdCarried
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Traces
    @Load(url = "http://a", rate = "10/s", chaosId = false)
    @Load(url = "http://b", rate = "10/s", headers = "traceparent: 00-1-2-01")
    static class UnfollowedTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @ChaosIdCarried
        void test() {}
    }

    static class BuiltTestCase {
        @RegisterExtension
        static final ChaosExtension CHAOS =
                built().callsPerRequest("users", 2, Phase.FAULT).build();

        @Test
        void test() {}
    }

    static class BuiltElsewhereTestCase {
        @RegisterExtension
        static final ChaosExtension CHAOS = built().traces(OtlpProtocol.GRPC)
                .chaosIdCarried()
                .runtime(ClusterRuntime.KUBECONFIG)
                .build();

        @Test
        void test() {}
    }

    private static ChaosExtensionBuilder built() {
        Fault fault = SampleInjections.delay(Duration.ofSeconds(1)).fault();
        return ChaosExtension.manifests(SHOP).load("http://p/", "10/s").fault(fault);
    }
}
