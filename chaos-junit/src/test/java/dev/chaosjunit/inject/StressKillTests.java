// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.fault.MemoryStress;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.StressSize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod's end by an OOM kill")
class StressKillTests {
    private final FakeHelper helper = new FakeHelper();
    private final Injector injector = new HelperInjector(new FixedCluster(List.of(), List.of()), node -> helper);

    @Test
    @DisplayName("is the doing of a stress that may end so, and stays it when the helper is gone")
    void asked() {
        ActiveFault fault = stress(true);
        helper.reply("stats f1", "ok oom_kills=0 ended=no");
        assertThat(fault.killed()).isEmpty();

        helper.reply("stats f1", "ok oom_kills=1 ended=yes");
        assertThat(fault.killed()).containsExactly(SampleInjections.POD.handle());

        helper.reply("stats f1", "error code=gone msg=gone");
        assertThat(fault.killed()).containsExactly(SampleInjections.POD.handle());
    }

    @Test
    @DisplayName("is held against somebody where nobody asked for it")
    void unasked() {
        ActiveFault fault = stress(false);
        helper.reply("stats f1", "ok oom_kills=1 ended=yes");

        assertThat(fault.killed()).isEmpty();
    }

    @Test
    @DisplayName("is not known of a helper that is gone")
    void gone() {
        ActiveFault fault = stress(true);
        helper.reply("stats f1", "error code=gone msg=gone");

        assertThat(fault.killed()).isEmpty();
    }

    private ActiveFault stress(boolean oom) {
        Selection all = new Selection(Selector.parse("app=p"), Mode.ALL, "");
        MemoryStress fault = new MemoryStress(all, Duration.ofSeconds(1), StressSize.parse("64MiB"), oom);
        return injector.attach(List.of(SampleInjections.of(fault, SampleInjections.POD)))
                .get(0);
    }
}
