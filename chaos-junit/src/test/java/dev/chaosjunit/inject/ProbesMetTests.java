// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chaosjunit.cluster.Probing;
import dev.chaosjunit.cluster.Probing.Probe;
import dev.chaosjunit.inject.ProbesMet.Way;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Of what a delay met,")
class ProbesMetTests {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Probe EACH_SECOND = new Probe(8080, SECOND, SECOND);
    private static final Probe EACH_TEN = new Probe(8080, Duration.ofSeconds(10), SECOND);
    private static final Probe ELSEWHERE = new Probe(6060, SECOND, SECOND);
    private static final Way BRIDGE = new Way("10.42.0.1", 8080);
    private static final Way NODE = new Way("172.17.0.2", 8080);

    static Stream<Arguments> met() {
        return Stream.of(
                // 6 begin in 5 s at most, and one that began up to a second before is met as well
                arguments("as many as are due", List.of(EACH_SECOND), Map.of(BRIDGE, 7L), 0L, false),
                arguments("one more than is due", List.of(EACH_SECOND), Map.of(BRIDGE, 8L), 0L, true),
                arguments("one of a slow probe", List.of(EACH_TEN), Map.of(BRIDGE, 1L), 0L, false),
                arguments("two of a slow probe", List.of(EACH_TEN), Map.of(BRIDGE, 2L), 0L, true),
                arguments("readiness and liveness", List.of(EACH_SECOND, EACH_TEN), Map.of(BRIDGE, 8L), 0L, false),
                arguments("two addresses of a node", List.of(EACH_SECOND), Map.of(BRIDGE, 4L, NODE, 4L), 0L, true),
                arguments(
                        "more on a port than are due there, whatever is due elsewhere",
                        List.of(EACH_TEN, ELSEWHERE),
                        Map.of(BRIDGE, 3L, new Way("10.42.0.1", 6060), 1L),
                        0L,
                        true),
                arguments("a packet of somebody else", List.of(EACH_SECOND), Map.of(BRIDGE, 1L), 1L, true),
                arguments("nothing at all", List.of(EACH_SECOND), Map.of(), 0L, false));
    }

    @ParameterizedTest(name = "{0}: {4}")
    @MethodSource("met")
    @DisplayName("only what is beyond the probes that were due is somebody's who uses the pod")
    void beyondProbesDue(String what, List<Probe> probes, Map<Way, Long> connections, long others, boolean user) {
        assertThat(met(false, probes, connections, others).metUser()).isEqualTo(user);
    }

    @Test
    @DisplayName("what it spared is no witness, however much that was")
    void spared() {
        assertThat(met(true, List.of(EACH_SECOND), Map.of(BRIDGE, 500L), 0).metUser())
                .isFalse();
        assertThat(met(true, List.of(EACH_SECOND), Map.of(BRIDGE, 5L), 9).metUser())
                .isTrue();
    }

    @Test
    @DisplayName("the probes are told with their number, where from and where to, and how many were due")
    void told() {
        assertThat(met(false, List.of(EACH_SECOND), Map.of(BRIDGE, 5L), 0).describe())
                .isEqualTo("hit probes only: 5 connections from 10.42.0.1 to port 8080, at most 7 probes due");
        assertThat(met(false, List.of(EACH_SECOND), Map.of(BRIDGE, 5L), 9).describe())
                .startsWith("hit probes, too: 5 connections from 10.42.0.1");
        assertThat(met(true, List.of(EACH_SECOND), Map.of(BRIDGE, 5L), 9).describe())
                .startsWith("left probes alone: 5 connections from 10.42.0.1");
        assertThat(met(false, List.of(EACH_SECOND), Map.of(), 9).describe()).isEmpty();
    }

    private static ProbesMet met(boolean spared, List<Probe> probes, Map<Way, Long> connections, long others) {
        Probing probing = new Probing(List.of(Probing.GATEWAY, "172.17.0.2"), probes, true);
        return new ProbesMet(spared, others, connections, probing, WINDOW);
    }
}
