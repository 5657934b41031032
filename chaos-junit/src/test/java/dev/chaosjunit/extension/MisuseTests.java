// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.ConnectionReset;
import dev.chaosjunit.CpuStress;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.JwtChaos;
import dev.chaosjunit.Load;
import dev.chaosjunit.MemoryStress;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.PodKill;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.Escape;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.jwt.SampleToken;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A mistake in an annotation is refused before anything is brought up")
class MisuseTests {
    private static final String SHOP = "classpath:extension/none.yaml";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        NegativeTestCase.class,
                        "@NetworkDelay(latency) on NegativeTestCase.test: \"-5\" is no duration"),
                Arguments.of(
                        NoUnitTestCase.class, "@NetworkDelay(latency) on NoUnitTestCase.test: \"500\" is no duration"),
                Arguments.of(
                        JitterTestCase.class,
                        "@NetworkDelay on JitterTestCase.test: jitter must be 0ms to the latency"),
                Arguments.of(
                        LossTestCase.class,
                        "@NetworkLoss(loss) on LossTestCase.test: a share of packets must be 0.0001% to 100%, but is 0%"),
                Arguments.of(
                        BurstTestCase.class,
                        "@NetworkLoss on BurstTestCase.test: burst and correlation both say how long losses last"),
                Arguments.of(
                        ErrnoTestCase.class, "@IoUringFault on ErrnoTestCase.test: errno must be a name such as EIO"),
                Arguments.of(LabelTestCase.class, "@GoPanic on LabelTestCase.test: label must have the form key=value"),
                Arguments.of(
                        ProbabilityTestCase.class,
                        "@GoDelay(probability) on ProbabilityTestCase.test: \"0.1\" is no percentage"),
                Arguments.of(
                        KillTestCase.class,
                        "@PodKill on KillTestCase.test: every must be 1s or more and less than duration"),
                Arguments.of(
                        WorkersTestCase.class,
                        "@CpuStress on WorkersTestCase.test: workers must be 1 to 128, but is 0"),
                Arguments.of(
                        WholeLimitTestCase.class,
                        "@MemoryStress on WholeLimitTestCase.test: size = 100% of the limit ends in an OOM kill"),
                Arguments.of(
                        UdpResetTestCase.class,
                        "@ConnectionReset on UdpResetTestCase.test: protocol must be TCP, since nothing else has connections"),
                Arguments.of(EmptyPatternTestCase.class, "@DnsChaos on EmptyPatternTestCase.test: an empty pattern"),
                Arguments.of(
                        NoPatternTestCase.class, "@DnsChaos on NoPatternTestCase.test: patterns must hold 1 to 64"),
                Arguments.of(
                        ReconnectAndAllowedTestCase.class,
                        "@DnsChaos on ReconnectAndAllowedTestCase.test: reconnect = true closes the connections"),
                Arguments.of(TimeoutTestCase.class, "above the test's time-out of 5s"),
                Arguments.of(SloWithoutLoadTestCase.class, "an SLO needs a load"),
                Arguments.of(EmptySloTestCase.class, "@Slo on EmptySloTestCase: no objective is given"),
                Arguments.of(ErrorRateTestCase.class, "@Slo(errorRate) on ErrorRateTestCase: \"0.5\" is no percentage"),
                Arguments.of(RateTestCase.class, "@Load(rate) on RateTestCase: \"200\" is no rate"),
                Arguments.of(WithinTestCase.class, "@GoroutineBaseline on WithinTestCase: within must be above 5s"),
                Arguments.of(
                        SelectorTestCase.class,
                        "@NetworkDelay(selector) on SelectorTestCase.test: \"order\" is no selector"),
                Arguments.of(NoTimeoutTestCase.class, "@Load on NoTimeoutTestCase: timeout must be above 0s"),
                Arguments.of(
                        ExpectStatusTestCase.class,
                        "@Load(expectStatus) on ExpectStatusTestCase: \"2xx\" is no list of HTTP statuses"),
                Arguments.of(
                        BuildFlagsTestCase.class,
                        "@GoImage on BuildFlagsTestCase: buildFlags must not hold -tags: that is what tags is for"),
                Arguments.of(
                        TestFactoryTestCase.class,
                        "TestFactoryTestCase.tests: a fault cannot go with a @TestFactory, whose tests run after the"),
                Arguments.of(NoManifestsTestCase.class, "@ChaosTest on NoManifestsTestCase: manifests must name one"),
                Arguments.of(NoManifestTestCase.class, "there is no resource \"no-such.yaml\" on the class path"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("with the annotation, the element, the place and the legal form")
    void refused(Class<?> testCase, String message) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(classes = {NoChaosTestTestCase.class, TokensAloneTestCase.class})
    @DisplayName("also a fault without services")
    void noChaosTest(Class<?> testCase) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("put @ChaosTest(manifests = …) on the class");
    }

    @ChaosTest(manifests = SHOP)
    static class LossTestCase {
        @Test
        @NetworkLoss(selector = "app=a", loss = "0%", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class BurstTestCase {
        @Test
        @NetworkLoss(selector = "app=a", loss = "5%", correlation = "25", burst = 20, duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class NegativeTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "-5", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class ReconnectAndAllowedTestCase {
        @Test
        @DnsChaos(
                selector = "app=a",
                patterns = "a",
                action = DnsAction.DROP,
                duration = "1s",
                reconnect = true,
                escape = Escape.ALLOWED)
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class NoUnitTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "500", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class JitterTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "100ms", jitter = "200ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class ErrnoTestCase {
        @Test
        @IoUringFault(
                selector = "app=a",
                operation = IoUringOperation.READ,
                action = IoUringAction.ERROR,
                errno = "512",
                duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class LabelTestCase {
        @Test
        @GoPanic(selector = "app=a", function = "main.f", label = "tenant", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class ProbabilityTestCase {
        @Test
        @GoDelay(selector = "app=a", function = "main.f", latency = "1ms", probability = "0.1", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class KillTestCase {
        @Test
        @PodKill(selector = "app=a", every = "1m", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class WorkersTestCase {
        @Test
        @CpuStress(selector = "app=a", workers = 0, duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class WholeLimitTestCase {
        @Test
        @MemoryStress(selector = "app=a", size = "100%", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class UdpResetTestCase {
        @Test
        @ConnectionReset(selector = "app=a", protocol = Protocol.UDP, duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class EmptyPatternTestCase {
        @Test
        @DnsChaos(selector = "app=a", patterns = "", action = DnsAction.NXDOMAIN, duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class NoPatternTestCase {
        @Test
        @DnsChaos(
                selector = "app=a",
                patterns = {},
                action = DnsAction.NXDOMAIN,
                duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class TimeoutTestCase {
        @Test
        @Timeout(value = 5, unit = TimeUnit.SECONDS)
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1m")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Slo(p99 = "1s")
    static class SloWithoutLoadTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Slo
    static class EmptySloTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Slo(errorRate = "0.5")
    static class ErrorRateTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a", rate = "200")
    static class RateTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a", rate = "200/s", timeout = "0s")
    static class NoTimeoutTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a", rate = "200/s", expectStatus = "2xx")
    static class ExpectStatusTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @GoImage(name = "a", main = ".", buildFlags = "-tags=x")
    static class BuildFlagsTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @GoroutineBaseline(within = "5s")
    static class WithinTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class SelectorTestCase {
        @Test
        @NetworkDelay(selector = "order", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class TestFactoryTestCase {
        @TestFactory
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        Stream<DynamicTest> tests() {
            return Stream.empty();
        }
    }

    @ChaosTest(manifests = {})
    static class NoManifestsTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = "classpath:no-such.yaml")
    static class NoManifestTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }

    @Load(url = "http://a/", rate = "1/s", headers = "Authorization: Bearer " + SampleToken.HS256)
    static class TokensAloneTestCase {
        @Test
        @JwtChaos
        void test() {}
    }

    static class NoChaosTestTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }
}
