// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.GoDelay;
import dev.chaosjunit.GoImage;
import dev.chaosjunit.GoroutineBaseline;
import dev.chaosjunit.IoUringFault;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

@DisplayName("Everything that is wrong with a test class is said at once")
class ManyMistakesTests {

    @Test
    @DisplayName("in annotations and manifests, a line each, before anything is built")
    void twelve() {
        long started = System.nanoTime();
        List<String> lines = refusal(TwelveTestCase.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        assertThat(lines.get(0)).isEqualTo("12 mistakes in TwelveTestCase:");
        assertThat(lines.subList(1, lines.size()))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("@Load(rate) on TwelveTestCase: \"200\" is no rate"),
                        line -> assertThat(line).startsWith("@Slo(p99) on TwelveTestCase: \"500\" is no duration"),
                        line -> assertThat(line).startsWith("@GoroutineBaseline on TwelveTestCase: within must be"),
                        line -> assertThat(line).startsWith("@DnsChaos on TwelveTestCase.dns: \"**\" is no pattern"),
                        line -> assertThat(line)
                                .startsWith("@Slo(errorRate) on TwelveTestCase.dns: \"1\" is no percent"),
                        line -> assertThat(line).startsWith("@NetworkDelay on TwelveTestCase.delay: latency must be"),
                        line -> assertThat(line).startsWith("@NetworkDelay(port) on TwelveTestCase.delay: "),
                        line -> assertThat(line).startsWith("@IoUringFault on TwelveTestCase.ring: errno must be"),
                        line -> assertThat(line).startsWith("@GoDelay(probability) on TwelveTestCase.call: "),
                        line -> assertThat(line)
                                .contains("mistakes.yaml:6: Deployment/api: spec.replicas must be an integer"),
                        line -> assertThat(line).contains("mistakes.yaml:15: Deployment/api: ", "hostNetwork"),
                        line -> assertThat(line).contains("mistakes.yaml:20: Deployment/api: ", "containerPort"));
    }

    @Test
    @DisplayName("with Services and labels that the manifests do not have, and those that they do")
    void unknown() {
        assertThat(refusal(UnknownTestCase.class))
                .containsExactly(
                        "4 mistakes in UnknownTestCase:",
                        "@Load(url) http://apl/: there is no Service apl in the manifests; there are [api]",
                        "@Load(url) http://api:8080/: Service api has no port 8080 but [80]",
                        "@NetworkDelay(selector) on UnknownTestCase.slow: no pod of the manifests has the labels app=app;"
                                + " there are Deployment/api app=api",
                        "@NetworkDelay(target) on UnknownTestCase.slow: no pod of the manifests has the labels app=db;"
                                + " there are Deployment/api app=api");
    }

    @Test
    @DisplayName("with Services of other namespaces than there are")
    void namespaces() {
        String there = "; there are [db.prod, lonely.prod, web, web.prod]";
        assertThat(refusal(NamespacesTestCase.class))
                .containsExactly(
                        "2 mistakes in NamespacesTestCase:",
                        "@Load(url) http://db.default/: there is no Service db.default in the manifests" + there,
                        "@Load(url) http://web.default:8080/: Service web.default has no port 8080 but [80]");
    }

    private static List<String> refusal(Class<?> testCase) {
        Throwable failure = Apart.failure(testCase, Map.of(ChaosParameters.RUNTIME, "local"));
        assertThat(failure).isInstanceOf(ExtensionConfigurationException.class);
        return String.valueOf(failure.getMessage()).lines().toList();
    }

    @ChaosTest(manifests = "classpath:mistakes.yaml", runtime = ClusterRuntime.LOCAL)
    @GoImage(name = "api", main = "./no-such-program")
    @Load(url = "http://api/", rate = "200")
    @Slo(p99 = "500")
    @GoroutineBaseline(within = "5s")
    static class TwelveTestCase {
        @Test
        @DnsChaos(selector = "app=api", patterns = "**", action = DnsAction.DROP, duration = "4s")
        @Slo(phase = Phase.FAULT, errorRate = "1")
        void dns() {}

        @Test
        @NetworkDelay(selector = "app=api", latency = "2h", duration = "4s")
        @NetworkDelay(selector = "app=api", latency = "2s", port = "http", duration = "4s")
        void delay() {}

        @Test
        @IoUringFault(
                selector = "app=api",
                operation = IoUringOperation.READ,
                action = IoUringAction.ERROR,
                errno = "EFOO",
                duration = "4s")
        void ring() {}

        @Test
        @GoDelay(selector = "app=api", function = "main.f", latency = "1ms", probability = "2", duration = "4s")
        void call() {}
    }

    @ChaosTest(manifests = "classpath:cluster/names.yaml", runtime = ClusterRuntime.LOCAL)
    @GoImage(name = "hello", main = "./no-such-program")
    @Load(url = "http://web/", rate = "200/s")
    @Load(url = "http://db.default/", rate = "200/s")
    @Load(url = "http://web.default:8080/", rate = "200/s")
    @Load(url = "http://web.prod/", rate = "200/s")
    @Load(url = "http://example.org/", rate = "200/s")
    static class NamespacesTestCase {
        @Test
        @NetworkDelay(selector = "app=web", latency = "2s", duration = "4s")
        void slow() {}
    }

    @ChaosTest(manifests = "classpath:api.yaml", runtime = ClusterRuntime.LOCAL)
    @GoImage(name = "api", main = "./no-such-program")
    @Load(url = "http://apl/", rate = "200/s")
    @Load(url = "http://api:8080/", rate = "200/s")
    static class UnknownTestCase {
        @Test
        @NetworkDelay(selector = "app=app", target = "app=db", latency = "2s", duration = "4s")
        void slow() {}
    }
}
