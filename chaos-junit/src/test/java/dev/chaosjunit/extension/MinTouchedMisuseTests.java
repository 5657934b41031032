// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A share of requests to be touched is refused before anything is brought up")
class MinTouchedMisuseTests {
    private static final String SHOP = "classpath:extension/none.yaml";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        DnsTouchedTestCase.class,
                        "@DnsChaos(minTouched) on DnsTouchedTestCase.test: \"0.2\" is no percentage: expected 0% to 100%"),
                Arguments.of(
                        DelayTouchedTestCase.class,
                        "@NetworkDelay(minTouched) on DelayTouchedTestCase.test: 101.0% is out of range"),
                Arguments.of(
                        PanicTouchedTestCase.class,
                        "@GoPanic(minTouched) on PanicTouchedTestCase.test: \"half\" is no percentage"),
                Arguments.of(
                        GoDelayTouchedTestCase.class,
                        "@GoDelay(minTouched) on GoDelayTouchedTestCase.test: \"5\" is no percentage"),
                Arguments.of(
                        UringTouchedTestCase.class,
                        "@IoUringFault(minTouched) on UringTouchedTestCase.test: \"-1%\" is no percentage"),
                Arguments.of(
                        TouchedWithoutLoadTestCase.class,
                        "minTouched is a share of the requests of a load, and there is no @Load"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @DisplayName("where it is none, or where there are no requests")
    void refused(Class<?> testCase, String message) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ChaosTest(manifests = SHOP)
    static class DnsTouchedTestCase {
        @Test
        @DnsChaos(selector = "app=a", patterns = "a", action = DnsAction.DROP, duration = "1s", minTouched = "0.2")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class DelayTouchedTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s", minTouched = "101%")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class PanicTouchedTestCase {
        @Test
        @GoPanic(selector = "app=a", function = "main.f", duration = "1s", minTouched = "half")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class GoDelayTouchedTestCase {
        @Test
        @GoDelay(selector = "app=a", function = "main.f", latency = "5ms", duration = "1s", minTouched = "5")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class UringTouchedTestCase {
        @Test
        @IoUringFault(
                selector = "app=a",
                operation = IoUringOperation.READ,
                action = IoUringAction.DROP,
                duration = "1s",
                minTouched = "-1%")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class TouchedWithoutLoadTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "5ms", duration = "1s", minTouched = "10%")
        void test() {}
    }
}
