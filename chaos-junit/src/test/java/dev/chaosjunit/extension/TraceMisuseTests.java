// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoPanic;
import dev.chaosjunit.NetworkLoss;
import dev.chaosjunit.fault.Protocol;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A trace that no request can have is refused before anything is brought up")
class TraceMisuseTests {
    private static final String SHOP = "classpath:extension/none.yaml";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        UpperCaseTestCase.class,
                        "@GoPanic(trace) on UpperCaseTestCase.test: trace must be a W3C trace id,"
                                + " 32 lower-case hexadecimal digits that are not all 0"),
                Arguments.of(ZeroTestCase.class, "@GoDelay(trace) on ZeroTestCase.test: trace must be a W3C trace id"),
                Arguments.of(
                        DatagramTestCase.class,
                        "@NetworkLoss on DatagramTestCase.test: trace goes with protocol ANY or TCP"),
                Arguments.of(
                        BothTestCase.class,
                        "@GoPanic on BothTestCase.test: label and trace contradict each other: trace stands for the"
                                + " label trace_id=" + TRACE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void refused(Class<?> testCase, String message) {
        assertThat(Apart.failure(testCase, Map.of()))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining(message);
    }

    @ChaosTest(manifests = SHOP)
    static class UpperCaseTestCase {
        @Test
        @GoPanic(selector = "app=a", function = "main.f", trace = "4BF92F3577B34DA6A3CE929D0E0E4736", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class ZeroTestCase {
        @Test
        @GoDelay(
                selector = "app=a",
                function = "main.f",
                trace = "00000000000000000000000000000000",
                latency = "1ms",
                duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class DatagramTestCase {
        @Test
        @NetworkLoss(selector = "app=a", loss = "1%", protocol = Protocol.UDP, trace = TRACE, duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = SHOP)
    static class BothTestCase {
        @Test
        @GoPanic(selector = "app=a", function = "main.f", label = "tenant=x", trace = TRACE, duration = "1s")
        void test() {}
    }
}
