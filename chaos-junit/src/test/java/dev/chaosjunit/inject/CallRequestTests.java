// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
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
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.quantity.Percent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An attach request of a fault in a process")
class CallRequestTests {
    private static final Instance POD =
            new Instance("p", "p", "p", Map.of(), "198.18.0.7", new Handle.LocalProcess(4711), "eth0", Map.of());
    private static final Selection ALL = new Selection(Selector.parse("app=p"), Mode.ALL, "");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    @DisplayName("names no device, but the function and which of its calls")
    void panic() {
        GoSite site = new GoSite("main.(*Server).getUser", "tenant=a b", "net/http.(*conn).serve");
        Fault fault = new GoPanic(ALL, SECOND, site, new Calls(new Percent(0.01), 5, 7));
        assertThat(line(fault))
                .isEqualTo(
                        "attach id=f1 pid=4711 seed=9 kind=gopanic function=main.(*Server).getUser"
                                + " label=tenant%3Da%20b goroutine=net/http.(*conn).serve probability_ppm=10000 after=5 count=7");
    }

    @Test
    @DisplayName("has the latency of a delay in microseconds")
    void delay() {
        Fault fault = new GoDelay(
                ALL,
                SECOND,
                new GoSite("main.f", "", ""),
                new Latency(Duration.ofMillis(5), Duration.ofMillis(1)),
                Calls.ALL);
        assertThat(line(fault))
                .isEqualTo("attach id=f1 pid=4711 seed=9 kind=godelay function=main.f probability_ppm=1000000 after=0"
                        + " latency_us=5000 jitter_us=1000");
    }

    @Test
    @DisplayName("names an io_uring operation, what happens to it, and the keeper where there is one")
    void uring() {
        Fault error = uring(IoUringOperation.READ, IoUringAction.ERROR, Optional.of("EIO"), Duration.ZERO);
        assertThat(line(error))
                .endsWith(" kind=iouringfault probability_ppm=1000000 after=0 operation=read keeper=/k action=error"
                        + " errno=EIO");
        assertThat(line(uring(IoUringOperation.ENTER, IoUringAction.DELAY, Optional.empty(), Duration.ofMillis(2))))
                .endsWith(" operation=enter keeper=/k action=delay latency_us=2000 jitter_us=0");
        assertThat(line(uring(IoUringOperation.READ_FIXED, IoUringAction.DROP, Optional.empty(), Duration.ZERO)))
                .endsWith(" operation=read_fixed keeper=/k action=drop");
        assertThat(line(uring(IoUringOperation.READ, IoUringAction.ERROR, Optional.of("EIO"), SECOND)))
                .endsWith(" action=error errno=EIO latency_us=1000000 jitter_us=0");
        assertThat(line(error, Optional.empty())).doesNotContain("keeper");
    }

    private static Fault uring(
            IoUringOperation operation, IoUringAction action, Optional<String> errno, Duration latency) {
        Optional<Latency> late = latency.isZero() ? Optional.empty() : Optional.of(new Latency(latency));
        return new IoUringFault(ALL, SECOND, operation, action, errno, late, Calls.ALL);
    }

    private static String line(Fault fault) {
        return line(fault, Optional.of("/k"));
    }

    private static String line(Fault fault, Optional<String> keeper) {
        Injection injection = SampleInjections.of(fault, POD, 9, Probing.NONE);
        return AttachRequest.of("f1", injection, injection.targets().get(0), new Place(keeper))
                .toLine();
    }
}
