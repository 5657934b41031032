// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.AbortWhen;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.slo.Phase;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A limit that cannot be meant is refused before anything is brought up")
class LimitMisuseTests {
    private static final String SHOP = "classpath:extension/none.yaml";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        NoRelativeTestCase.class,
                        "@Slo(p99) on NoRelativeTestCase.test: \"baseline+50ms\" is no relative limit: expected"
                                + " \"baseline + 50ms\" or \"control + 50ms\", or a multiple from 1x to 1000x such as \"1.5x baseline\""),
                Arguments.of(
                        SteadyRelativeTestCase.class,
                        "@Slo on SteadyRelativeTestCase.test: errorRate = \"baseline + 1%\" compares what the"
                                + " fault does: use it with phase = FAULT"),
                Arguments.of(
                        RelativeMaxTestCase.class,
                        "@Slo(max) on RelativeMaxTestCase.test: max has no interval, so that it cannot be compared"),
                Arguments.of(
                        RelativeAbortTestCase.class,
                        "@AbortWhen on RelativeAbortTestCase.test: p50 = \"2x baseline\": a limit that ends the fault must be"
                                + " absolute"),
                Arguments.of(EmptyAbortTestCase.class, "@AbortWhen on EmptyAbortTestCase.test: no objective is given"),
                Arguments.of(AbortWithoutLoadTestCase.class, "an SLO needs a load that it is measured on"),
                Arguments.of(
                        EarlyMaxTestCase.class,
                        "@Slo on EarlyMaxTestCase.test: earlyPass ends the fault once limits are proved to hold, but max ="
                                + " \"1s\" is known at its end only: leave one out"),
                Arguments.of(
                        SteadyEarlyTestCase.class,
                        "@Slo on SteadyEarlyTestCase.test: earlyPass and extend say how long the fault lasts: use them with"
                                + " phase = FAULT"),
                Arguments.of(
                        BackwardsTestCase.class,
                        "@Slo(phase = FAULT) has limits that contradict each other: p50 = \"300ms\" is above p99 = \"200ms\""),
                Arguments.of(
                        TwiceTestCase.class,
                        "@Slo(phase = FAULT) has two limits of the same: p99 = \"200ms\" and p99 = \"300ms\""),
                Arguments.of(
                        TighterAbortTestCase.class,
                        "@AbortWhen(errorRate = \"5%\") contradicts @Slo(phase = FAULT, errorRate = \"10%\"): it would fail"
                                + " what that allows"),
                Arguments.of(
                        TooFewTestCase.class,
                        "@Slo(phase = FAULT, p99 = \"200ms\") cannot be proved in the fault window of 1s: http://a/ is sent 10"
                                + " requests in it, but 299 good ones are the fewest that prove it with 95% confidence. Make the"
                                + " window 29.9s long, or the rate 299/s"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("with what is wrong, and what it could be")
    void refused(Class<?> testCase, String message) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class NoRelativeTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(phase = Phase.FAULT, p99 = "baseline+50ms")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class SteadyRelativeTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(errorRate = "baseline + 1%")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class RelativeMaxTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(phase = Phase.FAULT, max = "2x baseline")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class RelativeAbortTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @AbortWhen(p50 = "2x baseline")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class EmptyAbortTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @AbortWhen
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class AbortWithoutLoadTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @AbortWhen(p50 = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class EarlyMaxTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(phase = Phase.FAULT, p99 = "1s", max = "1s", earlyPass = true)
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class SteadyEarlyTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(p99 = "1s", extend = "2s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class BackwardsTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(phase = Phase.FAULT, p50 = "300ms", p99 = "200ms")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class TwiceTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(phase = Phase.FAULT, p99 = "200ms")
        @Slo(phase = Phase.FAULT, p99 = "300ms")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "500/s")
    static class TighterAbortTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @AbortWhen(errorRate = "5%")
        @Slo(phase = Phase.FAULT, errorRate = "10%")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    @Load(url = "http://a/", rate = "10/s")
    static class TooFewTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s")
        @Slo(phase = Phase.FAULT, p99 = "200ms")
        void test() {}
    }
}
