// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.fault.DnsAction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@DisplayName("What an experiment does not show, it does not claim: ")
class InconclusiveIT {

    @Test
    @Tag("both")
    @DisplayName("a fault that hits nothing is inconclusive, and says what it saw instead")
    void nothingHit() {
        assertThat(Fixtures.onlyFailure(NothingHitTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("The fault hit nothing")
                .hasMessageContaining("auth-service.default.svc.cluster.local/A");
    }

    @Test
    @DisplayName("a service that is not steady before the fault is not blamed for it, and nothing is injected")
    void notSteady() {
        assertThat(Fixtures.onlyFailure(NotSteadyTestCase.class))
                .isInstanceOf(InconclusiveException.class)
                .hasMessageContaining("Not steady before the fault, so nothing was injected");
    }

    @Test
    @DisplayName("too few requests would prove nothing: refused, with how many would")
    void tooFew() {
        assertThat(Fixtures.onlyFailure(TooFewTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("is sent 60 requests in it, but 299 good ones are the fewest that prove it");
    }

    @Test
    @DisplayName("an unknown selector is refused with the pods there are")
    void unknownSelector() {
        assertThat(Fixtures.onlyFailure(UnknownSelectorTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("no pod of the manifests has the labels app=typo")
                .hasMessageContaining("Deployment/auth-service app=auth-service");
    }

    @Test
    @DisplayName("faults of one pod that cannot combine are refused")
    void overlap() {
        assertThat(Fixtures.onlyFailure(OverlapTestCase.class))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("Two faults on pod user-api-")
                .hasMessageContaining(" cannot combine");
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s", recovery = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "50/s")
    static class NothingHitTestCase {
        @Test
        @DnsChaos(selector = "app=user-api", patterns = "no-such.test", action = DnsAction.DROP, duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s")
    @ShopImages
    @Load(url = "http://user-api/no-such-path", rate = "200/s")
    @Slo(errorRate = "1%")
    static class NotSteadyTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "10ms", duration = "1s")
        void test() {
            throw new AssertionError("must not run");
        }
    }

    @ChaosTest(manifests = "classpath:user-api.yaml", baseline = "2s")
    @ShopImages
    @Load(url = "http://user-api/users/1", rate = "20/s")
    @Slo(p99 = "500ms")
    static class TooFewTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "10ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class UnknownSelectorTestCase {
        @Test
        @NetworkDelay(selector = "app=typo", latency = "10ms", duration = "1s")
        void test() {}
    }

    @ChaosTest(manifests = "classpath:user-api.yaml")
    @ShopImages
    static class OverlapTestCase {
        @Test
        @NetworkDelay(selector = "app=user-api", latency = "10ms", duration = "1s")
        @NetworkDelay(selector = "app=user-api", latency = "20ms", duration = "1s", port = "80")
        void test() {}
    }
}
