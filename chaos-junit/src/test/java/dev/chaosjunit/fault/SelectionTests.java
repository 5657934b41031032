// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A selection")
class SelectionTests {
    private static final List<String> PODS = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

    @ParameterizedTest
    @CsvSource({"ONE,'',1", "ALL,'',10", "FIXED,3,3", "FIXED,30,10", "FIXED_PERCENT,50,5", "FIXED_PERCENT,1%,1"})
    @DisplayName("chooses as many pods as its mode says")
    void chooses(Mode mode, String value, int expected) {
        assertThat(selection(mode, value).choose(PODS, new Random(1)))
                .hasSize(expected)
                .doesNotHaveDuplicates()
                .isSubsetOf(PODS);
    }

    @Test
    @DisplayName("chooses the same pods again with the same seed, and not always the first")
    void seeded() {
        Selection one = selection(Mode.ONE, "");
        assertThat(one.choose(PODS, new Random(7))).isEqualTo(one.choose(PODS, new Random(7)));
        assertThat(java.util.stream.IntStream.range(0, 50)
                        .mapToObj(seed -> one.choose(PODS, new Random(seed)).get(0))
                        .distinct())
                .hasSizeGreaterThan(3);
    }

    @Test
    @DisplayName("draws from one pod up to the percentage in mode RANDOM_MAX_PERCENT")
    void randomMaxPercent() {
        assertThat(java.util.stream.IntStream.range(0, 200)
                        .map(seed -> selection(Mode.RANDOM_MAX_PERCENT, "50")
                                .choose(PODS, new Random(seed))
                                .size())
                        .distinct()
                        .sorted()
                        .boxed())
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    @DisplayName("wants every label, with its value")
    void matches() {
        Selector selector = Selector.parse("app=user-api, tier==web");
        assertThat(selector.matches("default", Map.of("app", "user-api", "tier", "web", "x", "y")))
                .isTrue();
        assertThat(selector.matches("default", Map.of("app", "user-api"))).isFalse();
        assertThat(selector.matches("default", Map.of("app", "user-api", "tier", "db")))
                .isFalse();
        assertThat(selector).hasToString("app=user-api,tier=web");
    }

    @Test
    @DisplayName("may be confined to namespaces, and says so")
    void namespaces() {
        Selector selector = Selector.parse("app=user-api").in(List.of("shop", "front"));
        Map<String, String> labels = Map.of("app", "user-api");

        assertThat(selector.matches("shop", labels)).isTrue();
        assertThat(selector.matches("default", labels)).isFalse();
        assertThat(selector.in(List.of()).matches("default", labels)).isTrue();
        assertThat(selector).hasToString("app=user-api in front,shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "app=a,", "=a", "app in (a)", "app!=a"})
    @DisplayName("refuses a selector that is no list of equalities")
    void badSelector(String text) {
        assertThatThrownBy(() -> Selector.parse(text)).hasMessageContaining("is no selector: expected label=value");
    }

    private static Selection selection(Mode mode, String value) {
        return new Selection(Selector.parse("app=a"), mode, value);
    }
}
