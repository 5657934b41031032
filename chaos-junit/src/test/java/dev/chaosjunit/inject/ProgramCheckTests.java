// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chaosjunit.bpf.FakeHelper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.ManifestSource;
import dev.chaosjunit.cluster.manifest.Manifests;
import dev.chaosjunit.cluster.manifest.reader.ManifestReader;
import dev.chaosjunit.fault.Calls;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.GoDelay;
import dev.chaosjunit.fault.GoPanic;
import dev.chaosjunit.fault.GoSite;
import dev.chaosjunit.fault.IoUringAction;
import dev.chaosjunit.fault.IoUringFault;
import dev.chaosjunit.fault.IoUringOperation;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Programs that do not run yet")
class ProgramCheckTests {
    private static final Selection SHOP = new Selection(Selector.parse("app=shop"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final GoSite SITE = new GoSite("main.f", "", "");
    private static final Fault PANIC = new GoPanic(SHOP, SECOND, SITE, Calls.ALL);
    private static final Fault RING = new IoUringFault(
            SHOP, SECOND, IoUringOperation.READ, IoUringAction.DROP, Optional.empty(), Optional.empty(), Calls.ALL);
    private static final Map<String, Path> PROGRAMS =
            Map.of("shop:1", Path.of("/bin/shop"), "bank:1", Path.of("/bin/bank"));
    private static final Manifests MANIFESTS =
            ManifestReader.read(List.of(deployment("shop"), deployment("bank")), List.of());

    private final FakeHelper helper = new FakeHelper();

    @Test
    @DisplayName("are looked into for a function that a fault names, those of the pods that are meant")
    void functions() {
        Fault delay = new GoDelay(SHOP, SECOND, SITE, new Latency(Duration.ofMillis(5)), Calls.ALL);
        check(List.of(PANIC, PANIC, RING, delay));

        assertThat(helper.lines())
                .containsExactly(
                        "check binary=/bin/shop kind=gopanic function=main.f probability_ppm=1000000 after=0",
                        "check binary=/bin/shop kind=godelay function=main.f probability_ppm=1000000 after=0"
                                + " latency_us=5000 jitter_us=0");
        assertThat(helper.asked()).endsWith("close");
    }

    @Test
    @DisplayName("are left alone, and nothing is started for it, where no fault names anything of theirs")
    void nothing() {
        ProgramCheck.Agent none = () -> {
            throw new AssertionError("started in vain");
        };
        new ProgramCheck(List.of(RING, SampleInjections.dns(SECOND).fault()), MANIFESTS, none).check(PROGRAMS);
    }

    @Test
    @DisplayName("are refused by fault, image and workload, all that lack something in one message")
    void refused() {
        helper.reply("check", "error code=bad_request msg=no%20function%20main.f");
        Fault other = new GoPanic(SHOP, SECOND, new GoSite("main.g", "", ""), Calls.ALL);

        assertThatThrownBy(() -> check(List.of(PANIC, other)))
                .isInstanceOfSatisfying(
                        InjectionException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(InjectionException.Cause.TEST))
                .hasMessage(
                        "panic in main.f, 1s, on app=shop (all): image shop:1 of Deployment/shop: no function main.f\n"
                                + "panic in main.g, 1s, on app=shop (all): image shop:1 of Deployment/shop: no function main.f");
    }

    @Test
    @DisplayName("are left to the attach where this machine cannot look into them, or knows none of an image")
    void elsewhere() {
        helper.reply("check", "error code=unsupported msg=no%20such%20format");
        check(List.of(PANIC));
        new ProgramCheck(List.of(PANIC), MANIFESTS, ProgramCheckTests::failing).check(PROGRAMS);
        new ProgramCheck(List.of(PANIC), MANIFESTS, () -> helper).check(Map.of());

        assertThat(helper.lines()).hasSize(1);
    }

    private static FakeHelper failing() throws HelperException {
        FakeHelper helper = new FakeHelper().reply("hello", "error code=failed msg=no%20exec");
        helper.request(Request.of("hello"));
        return helper;
    }

    private void check(List<Fault> faults) {
        new ProgramCheck(faults, MANIFESTS, () -> helper).check(PROGRAMS);
    }

    private static ManifestSource deployment(String name) {
        return new ManifestSource(name + ".yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      containers:
                        - {name: %1$s, image: "%1$s:1"}
                """.formatted(name));
    }
}
