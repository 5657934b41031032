// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.DnsChaos;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.session.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("An extension that a field registers")
class RegisteredTests {
    static final Plan PLAN = new Plan(
            List.of(new ManifestSource("none.yaml", "")),
            List.of(),
            List.of(),
            ClusterRuntime.LOCAL,
            Duration.ofSeconds(1),
            new WindowLengths(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO));

    @TempDir
    Path report;

    @Test
    @DisplayName("runs a fault annotation on a method once")
    void method() {
        FakeHelper helper = FakeServices.helperOf(MethodTestCase.class);
        execute(MethodTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(helper.asked()).containsExactly("attach f1", "on f1", "off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("runs a fault annotation on the class once, which registers a second extension")
    void onClass() {
        FakeHelper helper = FakeServices.helperOf(ClassTestCase.class);
        execute(ClassTestCase.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
        assertThat(helper.asked()).containsExactly("attach f1", "on f1", "off f1", "stats f1", "detach f1", "close");
    }

    @Test
    @DisplayName("cannot go with @ChaosTest, because one of them would be ignored")
    void both() {
        refused(BothTestCase.class, "BothTestCase has both @ChaosTest and a registered ChaosExtension");
    }

    @Test
    @DisplayName("must be in a static field")
    void instanceField() {
        refused(InstanceTestCase.class, "registers the ChaosExtension must be static");
    }

    private void refused(Class<?> testCase, String why) {
        execute(testCase)
                .allEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(
                                instanceOf(ExtensionConfigurationException.class), message(m -> m.contains(why)))));
    }

    private EngineExecutionResults execute(Class<?> testCase) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testCase))
                .configurationParameter(ChaosParameters.REPORT, report.toString())
                .execute();
    }

    static class MethodTestCase {
        @RegisterExtension
        @Order(1)
        static final FakeServices SERVICES = new FakeServices();

        @RegisterExtension
        @Order(2)
        static final ChaosExtension CHAOS = new ChaosExtension(PLAN, ExperimentParts.NONE);

        @Test
        @DnsChaos(selector = "app=a", patterns = "a.b", action = DnsAction.DROP, duration = "20ms")
        void test(ChaosRun run) {
            assertThat(run.targets()).hasSize(1);
        }
    }

    @DnsChaos(selector = "app=a", patterns = "a.b", action = DnsAction.DROP, duration = "20ms")
    static class ClassTestCase {
        @RegisterExtension
        @Order(1)
        static final FakeServices SERVICES = new FakeServices();

        @RegisterExtension
        @Order(2)
        static final ChaosExtension CHAOS = new ChaosExtension(PLAN, ExperimentParts.NONE);

        @Test
        void test(ChaosRun run) {
            assertThat(run.targets()).hasSize(1);
        }
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class BothTestCase {
        @RegisterExtension
        static final ChaosExtension CHAOS = new ChaosExtension(PLAN, ExperimentParts.NONE);

        @Test
        void test() {}
    }

    static class InstanceTestCase {
        @RegisterExtension
        final ChaosExtension chaos = new ChaosExtension(PLAN, ExperimentParts.NONE);

        @Test
        void test() {}
    }
}
