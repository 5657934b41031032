// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time that an agent may take to end")
class ClosingTimeTests {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ClosingTime closing = new ClosingTime(nanos::get);

    @Test
    @DisplayName("is none without faults, and with faults that cost none")
    void none() throws HelperException {
        assertThat(closing.left()).isZero();
        answered("attach", "n", "ok pid=3");
        assertThat(closing.left()).isZero();
    }

    @Test
    @DisplayName("is what all that are attached may cost, one after the other")
    void sum() throws HelperException {
        answered("attach", "a", "ok closing_ms=6000");
        answered("attach", "b", "ok closing_ms=2000");
        answered("on", "a", "ok t_on_ns=1");

        assertThat(closing.left()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    @DisplayName("goes by once they are detached")
    void goesBy() throws HelperException {
        answered("attach", "a", "ok closing_ms=6000");
        answered("attach", "b", "ok closing_ms=2000");
        answered("detach", "a", "ok");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(closing.left()).isEqualTo(Duration.ofSeconds(3));

        answered("detach", "b", "ok");
        assertThat(closing.left()).isEqualTo(Duration.ofSeconds(3));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(closing.left()).isZero();
    }

    private void answered(String verb, String id, String reply) throws HelperException {
        closing.answered(Request.of(verb).with("id", id), Reply.parse(reply));
    }
}
