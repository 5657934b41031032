// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chaosjunit.quantity.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The queue of a fault that holds packets")
class QueueTests {

    @Test
    @DisplayName("is told to the helper in bytes, or left to it")
    void words() {
        assertThat(new Queue(Optional.of(Size.parse("64KiB"))).words()).isEqualTo(Words.NONE.with("queue", 65536L));
        assertThat(new Queue(Optional.of(Size.parse("4GiB"))).words()).isEqualTo(Words.NONE.with("queue", 4294967296L));
        assertThat(Queue.BY_NEED.words()).isEqualTo(Words.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65535B", "4097MiB"})
    @DisplayName("is refused outside 64KiB to 4GiB")
    void range(String size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Queue(Optional.of(Size.parse(size))))
                .withMessage("queue must be 64KiB to 4GiB, but is " + size);
    }

    @Test
    @DisplayName("of a delay that was full is the delay's side effect")
    void ofDelay() {
        Fault delay = new FaultKinds(List.of()).read(new NetworkDelay.Kind(), new Texts(FaultKindsTests.delayed()));
        Told full = new Told(Map.of("full", "3", "hit", "9"));
        assertThat(delay.sideEffect(full, "a-0", delay.duration())).isEqualTo(Queue.overflow(full, "a-0"));
        assertThat(delay.words(new Place(Optional.empty())).values()).containsEntry("queue", "67108864");
    }

    @Test
    @DisplayName("that was full has dropped packets, which nobody asked for")
    void full() {
        assertThat(Queue.overflow(new Told(Map.of("full", "0", "hit", "9")), "a-0"))
                .isEmpty();
        SideEffect effect =
                Queue.overflow(new Told(Map.of("full", "3", "hit", "9")), "a-0").orElseThrow();
        assertThat(effect.sentence()).contains("queue of a-0 was full: 3 packets were dropped beside 9");
        assertThat(effect.cause()).contains("the queue of a-0 was full");
        assertThat(effect.belowMs()).isNull();
    }
}
