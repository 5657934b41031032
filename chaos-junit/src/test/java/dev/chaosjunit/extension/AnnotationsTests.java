// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.Slo;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.slo.Phase;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("Annotations")
class AnnotationsTests {

    @Test
    @DisplayName("can be composed into one's own")
    void composed() {
        assertThat(only(ComposedTestCase.class).faults())
                .extracting(AnnotationsTests::latency)
                .containsExactly("7ms");
        assertThat(only(ComposedTestCase.class).loads())
                .extracting(load -> load.url().toString())
                .containsExactly("http://a/");
    }

    @Test
    @DisplayName("of faults can be repeated, and add to those of the class")
    void repeated() {
        assertThat(only(RepeatedTestCase.class).faults())
                .extracting(AnnotationsTests::latency)
                .containsExactly("1ms", "2ms", "3ms");
    }

    @Test
    @DisplayName("of SLOs on a method replace the class's of the same phase only; its loads replace the class's")
    void replaced() {
        Experiment experiment = only(ReplacedTestCase.class);
        assertThat(experiment.slos())
                .extracting(slo -> slo.phase() + " " + slo.objectives().size())
                .containsExactlyInAnyOrder("STEADY 1", "FAULT 2");
        assertThat(experiment.loads())
                .extracting(load -> load.rate().perSecond())
                .containsExactly(2000.0);
    }

    @Test
    @DisplayName("of the classes around a nested one hold for it, the nearest first")
    void nested() {
        Experiment experiment = only(OuterTestCase.class);
        assertThat(experiment.id()).isEqualTo("OuterTestCase.Inner.test");
        assertThat(experiment.faults()).extracting(AnnotationsTests::latency).containsExactly("3ms", "2ms", "1ms");
        assertThat(experiment.slos())
                .singleElement()
                .satisfies(slo -> assertThat(slo.objectives()).hasSize(2));
    }

    @Test
    @DisplayName("of a nested class may ask for services of its own, which are then brought up beside those around it")
    void nestedServices() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OtherServicesTestCase.class))
                .execute()
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                container("Inner"),
                                finishedWithFailure(
                                        instanceOf(ClusterException.class),
                                        message(m -> m.contains("extension/none.yaml, classpath:extension/none.yaml")
                                                && m.contains("hold no Deployment")))));
    }

    @Test
    @DisplayName("of a repeated test make an experiment of each repetition, with an id of its own")
    void template() {
        assertThat(Reading.experiments(TemplateTestCase.class))
                .extracting(Experiment::id)
                .containsExactly("TemplateTestCase.test-1", "TemplateTestCase.test-2");
    }

    @Test
    @DisplayName("without a fault make no experiment")
    void noFault() {
        assertThat(Reading.experiments(NoFaultTestCase.class)).isEmpty();
    }

    private static Experiment only(Class<?> testCase) {
        List<Experiment> experiments = Reading.experiments(testCase);
        assertThat(experiments).hasSize(1);
        return experiments.get(0);
    }

    private static String latency(Fault fault) {
        return Durations.format(fault.latency().orElseThrow().length());
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith({FakeServices.class, Reading.class})
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    @Load(url = "http://a/", rate = "1000/s")
    @interface Shop {}

    @Retention(RetentionPolicy.RUNTIME)
    @NetworkDelay(selector = "app=a", latency = "7ms", duration = "1s")
    @interface SlowNetwork {}

    @Shop
    static class ComposedTestCase {
        @Test
        @SlowNetwork
        void test() {}
    }

    @Shop
    @NetworkDelay(selector = "app=a", latency = "3ms", duration = "1s")
    static class RepeatedTestCase {
        @Test
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        @NetworkDelay(selector = "app=a", latency = "2ms", duration = "1s")
        void test() {}
    }

    @Shop
    @Slo(errorRate = "1%")
    @Slo(phase = Phase.FAULT, p50 = "1s")
    static class ReplacedTestCase {
        @Test
        @SlowNetwork
        @Load(url = "http://a/", rate = "2000/s")
        @Slo(phase = Phase.FAULT, p99 = "2s", errorRate = "5%")
        void test() {}
    }

    @Shop
    @Slo(errorRate = "1%")
    @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
    static class OuterTestCase {
        @Nested
        @Slo(errorRate = "1%", p99 = "1s")
        @NetworkDelay(selector = "app=a", latency = "2ms", duration = "1s")
        class Inner {
            @Test
            @NetworkDelay(selector = "app=a", latency = "3ms", duration = "1s")
            void test() {}
        }
    }

    @Shop
    static class OtherServicesTestCase {
        @Nested
        @ChaosTest(
                manifests = {"classpath:extension/none.yaml", "classpath:extension/none.yaml"},
                runtime = ClusterRuntime.LOCAL)
        class Inner {
            @Test
            void test() {}
        }
    }

    @Shop
    static class TemplateTestCase {
        @RepeatedTest(2)
        @SlowNetwork
        void test() {}
    }

    @Shop
    static class NoFaultTestCase {
        @Test
        void test() {}
    }
}
