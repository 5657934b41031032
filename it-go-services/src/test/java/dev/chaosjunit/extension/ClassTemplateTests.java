// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.NetworkDelay;
import dev.chaosjunit.experiment.Experiment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Here and not beside the other tests of annotations: class templates came with JUnit 5.13. */
@DisplayName("Tests of a repeated class")
class ClassTemplateTests {

    @Test
    @DisplayName("are an experiment each, told apart by the numbers of both")
    void repeated() {
        assertThat(Reading.experiments(TwiceTestCase.class))
                .extracting(Experiment::id)
                .containsExactly(
                        "TwiceTestCase.test-1-1",
                        "TwiceTestCase.test-1-2",
                        "TwiceTestCase.test-2-1",
                        "TwiceTestCase.test-2-2");
    }

    @ExtendWith({FakeServices.class, Reading.class})
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    record TwiceTestCase(int number) {
        @RepeatedTest(2)
        @NetworkDelay(selector = "app=a", latency = "1ms", duration = "1s")
        void test() {}
    }
}
