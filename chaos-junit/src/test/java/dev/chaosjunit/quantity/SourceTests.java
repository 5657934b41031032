// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A source of named elements")
class SourceTests {
    private final Source source = new Written(Map.of(
            "loss", List.of("5%"),
            "patterns", List.of("1s", "2s"),
            "wrong", List.of("5"),
            "unit", List.of("SECONDS"),
            "on", List.of("true"),
            "off", List.of("yes")));

    /** What is written, element by element. */
    private record Written(Map<String, List<String>> all) implements Source {
        @Override
        public Set<String> elements() {
            return all.keySet();
        }

        @Override
        public List<String> texts(String element) {
            return all.getOrDefault(element, List.of());
        }

        @Override
        public RuntimeException refusal(String element, IllegalArgumentException why) {
            return new IllegalStateException("(" + element + ") " + why.getMessage(), why);
        }
    }

    @Test
    @DisplayName("has the meaning of an element, of each text of a list, and of a list as one text")
    void meanings() {
        assertThat(source.read("loss", Percent::parse)).isEqualTo(new Percent(0.05));
        assertThat(source.readAll("patterns", Durations::parse))
                .map(Durations::format)
                .containsExactly("1s", "2s");
        assertThat(source.text("patterns")).isEqualTo("1s,2s");
        assertThat(source.choice("unit", TimeUnit.class)).isEqualTo(TimeUnit.SECONDS);
        assertThat(source.flag("on")).isTrue();
        assertThat(source.flag("off")).isFalse();
        assertThat(source.build(() -> "built").length()).isEqualTo(5);
    }

    @Test
    @DisplayName("refuses by the element's name what has no meaning; of several elements the message says which")
    void refusals() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> source.read("wrong", Percent::parse))
                .withMessageStartingWith("(wrong) \"5\" is no percentage");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> source.readAll("patterns", Percent::parse))
                .withMessageStartingWith("(patterns) \"1s\"");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> source.choice("loss", TimeUnit.class))
                .withMessageStartingWith("(loss) ");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> source.build(() -> {
                    throw new IllegalArgumentException("loss or delay");
                }))
                .withMessage("() loss or delay");
    }
}
