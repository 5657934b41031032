// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.result.TraceResult.ServiceCalls;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The layers of a graph of services")
class GraphLayersTests {

    @Test
    @DisplayName("have each service to the right of all that call it, by the longest way")
    void longestWay() {
        assertThat(layers("a-b", "b-c", "a-c", "c-d")).isEqualTo(Map.of("a", 0, "b", 1, "c", 2, "d", 3));
    }

    @Test
    @DisplayName("begin anew for what nobody else calls")
    void severalStarts() {
        assertThat(layers("a-b", "b-c", "x-c")).isEqualTo(Map.of("a", 0, "b", 1, "x", 0, "c", 2));
    }

    @Test
    @DisplayName("go on past a call that closes a circle, one to itself, and a circle that nobody calls into")
    void circles() {
        assertThat(layers("a-b", "b-c", "c-b", "c-c")).isEqualTo(Map.of("a", 0, "b", 1, "c", 2));
        assertThat(layers("a-b", "b-a")).isEqualTo(Map.of("a", 0, "b", 1));
        assertThat(layers()).isEmpty();
    }

    /** From {@code a-b}: a calls b. */
    static List<ServiceCalls> calls(String... pairs) {
        return Stream.of(pairs)
                .map(pair -> pair.split("-", 2))
                .map(ends -> new ServiceCalls(ends[0], ends[1], 1, 0, 1, 2, 1, 1, 1, false))
                .toList();
    }

    private static Map<String, Integer> layers(String... pairs) {
        return GraphLayers.of(calls(pairs));
    }
}
