// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.CallsPerRequest;
import dev.chaosjunit.ChaosIdCarried;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.Load;
import dev.chaosjunit.Traces;
import dev.chaosjunit.experiment.CallLimit;
import dev.chaosjunit.experiment.TraceRules;
import dev.chaosjunit.load.Following;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.observe.trace.OtlpProtocol;
import dev.chaosjunit.session.Plan;
import dev.chaosjunit.slo.Phase;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Annotations on traces")
class AnnotatedTracesTests {

    @Test
    @DisplayName("have pods export, by HTTP unless they say otherwise, and not at all without one")
    void plan() {
        assertThat(plan(PlainTestCase.class).traces()).isEmpty();
        assertThat(plan(TracedTestCase.class).traces()).contains(OtlpProtocol.HTTP);
        assertThat(plan(GrpcTestCase.class).traces()).contains(OtlpProtocol.GRPC);
        assertThat(plan(TracedTestCase.class)).isNotEqualTo(plan(GrpcTestCase.class));
    }

    @Test
    @DisplayName("are rules: an id that is carried, limits on calls")
    void rules() {
        assertThat(rules(PlainTestCase.class)).isEqualTo(TraceRules.NONE);
        assertThat(rules(TracedTestCase.class))
                .isEqualTo(new TraceRules(
                        true,
                        List.of(
                                new CallLimit("users", "", 2.5, Phase.FAULT),
                                new CallLimit("users", "orders", 1, Phase.STEADY))));
    }

    @Test
    @DisplayName("on a method replace the limits of the class, and leave it its wish for an id")
    void nearest() throws NoSuchMethodException {
        AnnotatedPlaces places =
                new AnnotatedPlaces(List.of(TracedTestCase.class.getDeclaredMethod("strict"), TracedTestCase.class));

        assertThat(AnnotatedParts.traces(places))
                .isEqualTo(new TraceRules(true, List.of(new CallLimit("users", "", 1, Phase.FAULT))));
    }

    @Test
    @DisplayName("may leave a load out, whose requests then say nothing of a fault")
    void following() {
        assertThat(AnnotatedParts.loads(new AnnotatedPlaces(List.of(TracedTestCase.class))))
                .extracting(LoadSpec::following)
                .containsExactly(Following.MARKED, Following.NOT);
    }

    private static Plan plan(Class<?> testCase) {
        return AnnotatedPlan.read(new AnnotatedPlaces(List.of(testCase))).orElseThrow();
    }

    private static TraceRules rules(Class<?> testCase) {
        return AnnotatedParts.traces(new AnnotatedPlaces(List.of(testCase)));
    }

    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class PlainTestCase {}

    @ChaosTest(manifests = "classpath:extension/none.yaml")
    @Traces(protocol = OtlpProtocol.GRPC)
    static class GrpcTestCase {}

    @ChaosTest(manifests = "classpath:extension/none.yaml")
    @Traces
    @ChaosIdCarried
    @CallsPerRequest(to = "users", max = 2.5)
    @CallsPerRequest(to = "users", from = "orders", max = 1, phase = Phase.STEADY)
    @Load(url = "http://a/", rate = "10/s")
    @Load(url = "http://b/", rate = "10/s", chaosId = false)
    static class TracedTestCase {
        @CallsPerRequest(to = "users", max = 1)
        void strict() {}
    }
}
