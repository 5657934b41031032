// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.FixedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is lost")
class LossesTests {
    private final CompletableFuture<String> cluster = new CompletableFuture<>();
    private final FakeInjector injector = new FakeInjector();
    private final Losses losses = new Losses(new FixedCluster(List.of(), List.of(), cluster), injector, Clock.SYSTEM);

    @Test
    @DisplayName("ends a run at once, and is asked for its reason, which may take seconds, only by who tells it")
    void reason() {
        List<String> events = new ArrayList<>();
        losses.then(() -> events.add("stop"));

        injector.lost.complete(() -> {
            events.add("asked");
            return "the agent ended: its node did";
        });
        assertThat(losses.isAny()).isTrue();
        assertThat(events).containsExactly("stop");

        assertThat(losses.now()).contains("the agent ended: its node did");
        assertThat(events).containsExactly("stop", "asked");
    }

    @Test
    @DisplayName("first is what is told, as it may have taken the other along")
    void first() {
        cluster.complete("the node ended");
        injector.die();

        assertThat(losses.now()).contains("the node ended");
    }
}
