// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.chaosjunit.ChaosParameters;
import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.ChaosTest;
import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.own.NetworkNothing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("A user's own kind of fault")
class OwnFaultTests {
    @TempDir
    Path report;

    @Test
    @DisplayName("is asked of the helper, confined as the annotation says, seen to hit, and reported")
    void nothing() throws IOException {
        FakeHelper helper = FakeServices.helperOf(NothingTestCase.class);
        assertThat(failures()).isEmpty();
        assertThat(helper.asked()).containsExactly("attach f1", "on f1", "off f1", "stats f1", "detach f1", "close");
        assertThat(helper.lines().get(0))
                .matches("attach id=f1 pid=4711 dev=eth0 seed=[0-9]+ kind=networknothing direction=[a-z]+"
                        + " target=198.18.0.7/32,10.0.0.0/8 port=80 protocol=tcp");
        assertThat(Files.readString(report.resolve("NothingTestCase.test.json")))
                .contains("nothing, to app=a port 80 TCP, 20ms, on app=a (all)")
                .contains("left alone 5");
    }

    @Test
    @DisplayName("has hit nothing where its counters say so")
    void hitNothing() {
        FakeServices.helperOf(NothingTestCase.class)
                .reply(
                        "stats",
                        "ok seen=10 matched=0 hit=0 bytes=0 t_on_ns=1 t_first_hit_ns=0 t_off_ns=2 t_first_clean_ns=0 peers=");

        assertThat(failures()).singleElement().asString().contains("The fault hit nothing: nothing, to app=a");
    }

    private List<String> failures() {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(NothingTestCase.class))
                .configurationParameter(ChaosParameters.REPORT, report.toString())
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().map(Throwable::getMessage).orElse("?"))
                .toList();
    }

    @ExtendWith(FakeServices.class)
    @ChaosTest(manifests = "classpath:extension/none.yaml")
    static class NothingTestCase {
        @Test
        @NetworkNothing(
                selector = "app=a",
                target = "app=a",
                externalTargets = "10.0.0.0/8",
                port = "80",
                protocol = Protocol.TCP,
                duration = "20ms")
        void test(ChaosRun run) {
            assertThat(run.targets()).hasSize(1);
        }
    }
}
