// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.load.LoadGenerator;
import dev.chaosjunit.load.LoadSpec;
import dev.chaosjunit.load.Routes;
import dev.chaosjunit.load.RunningLoad;
import dev.chaosjunit.load.Sample;
import dev.chaosjunit.quantity.Rate;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Loads")
class LoadsTests {
    private final List<FakeLoad> started = new ArrayList<>();

    @Test
    @DisplayName("start all or none: where one does not, those before it end")
    void allOrNone() {
        LoadGenerator one = (spec, routes) -> {
            if (!started.isEmpty()) {
                throw new IllegalStateException("no thread");
            }
            started.add(new FakeLoad(spec, Clock.SYSTEM, at -> new Sample(at, 1, null, true)));
            return started.get(0);
        };

        assertThatThrownBy(() -> Loads.start(List.of(load(), load()), one, Routes.SYSTEM, Clock.SYSTEM))
                .hasMessage("no thread");
        assertThat(started).singleElement().matches(load -> load.aborted);
    }

    @Test
    @DisplayName("send no more, all of them, before the answers of any are waited for")
    void stopTogether() {
        List<String> told = new ArrayList<>();
        LoadGenerator noting = (spec, routes) -> (RunningLoad) Proxy.newProxyInstance(
                RunningLoad.class.getClassLoader(), new Class<?>[] {RunningLoad.class}, (self, method, arguments) -> {
                    told.add(method.getName());
                    return null;
                });
        Loads loads = Loads.start(List.of(load(), load()), noting, Routes.SYSTEM, Clock.SYSTEM);

        loads.stop();
        assertThat(told).containsExactly("finish", "finish", "stop", "stop");
        told.clear();
        loads.close();
        assertThat(told).containsExactly("finish", "finish", "close", "close");
    }

    private static LoadSpec load() {
        return new LoadSpec(URI.create("http://p/"), Rate.parse("100/s"), "GET", Map.of(), "", Duration.ofSeconds(1));
    }
}
