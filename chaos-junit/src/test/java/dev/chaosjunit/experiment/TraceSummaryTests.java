// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static dev.chaosjunit.observe.trace.Spans.span;
import static dev.chaosjunit.observe.trace.Spans.trace;
import static dev.chaosjunit.observe.trace.Spans.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Direction;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.PortRange;
import dev.chaosjunit.fault.Probes;
import dev.chaosjunit.fault.Protocol;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.SampleInjections;
import dev.chaosjunit.observe.profile.ProfileBytes;
import dev.chaosjunit.observe.profile.ProfileKind;
import dev.chaosjunit.observe.profile.Profiles;
import dev.chaosjunit.observe.profile.TakenProfile;
import dev.chaosjunit.observe.trace.SpanKind;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.GoroutineResult.Origin;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import dev.chaosjunit.result.TraceResult.Waterfall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The summary of traces")
class TraceSummaryTests {
    private static final FaultedCalls ON_ORDERS =
            new FaultedCalls(List.of(new FaultedCalls.Ends(Set.of("orders"), Optional.empty())));

    private final Sent sent = new Sent();

    @Test
    @DisplayName("has the windows that there were requests in, in order, with the calls of services in them")
    void windows() {
        sent.requests(Stage.FAULT, 100, 30, 2)
                .silent(Stage.FAULT, 200, "timeout")
                .requests(Stage.BASELINE, 1, 30, 1);
        TraceResult result = summary(List.of("who"));

        assertThat(result.lost()).containsExactly("who");
        assertThat(result.windows())
                .extracting(TracedWindow::window, TracedWindow::requests, TracedWindow::traced)
                .containsExactly(tuple(Stage.BASELINE, 30, 30), tuple(Stage.FAULT, 31, 30));
        assertThat(result.windows())
                .flatExtracting(TracedWindow::calls)
                .extracting(ServiceCalls::from, ServiceCalls::to, ServiceCalls::calls, ServiceCalls::perRequest)
                .containsExactly(tuple("gateway", "orders", 30, 1.0), tuple("gateway", "orders", 60, 2.0));
    }

    @Test
    @DisplayName("has a fault on calls in the fault window alone")
    void faulted() {
        sent.requests(Stage.BASELINE, 1, 3, 1).requests(Stage.FAULT, 10, 3, 1).requests(Stage.RECOVERY, 20, 3, 1);

        assertThat(summary(List.of()).windows())
                .flatExtracting(TracedWindow::calls)
                .extracting(ServiceCalls::faulted)
                .containsExactly(false, true, false);
    }

    @Test
    @DisplayName("has requests worth a look, with their spans, of those that were received")
    void picked() {
        sent.request(Stage.FAULT, 1, 1).silent(Stage.FAULT, 2, null);
        sent.silent(Stage.FAULT, 3, "HTTP 502").spans.add(span(3, 1, 9, "gateway", SpanKind.SERVER, 0, 5));

        List<Waterfall> picked = summary(List.of()).windows().get(0).picked();
        assertThat(picked).extracting(Waterfall::why).containsExactly("slowest", "failed", "typical");
        assertThat(picked.get(1).trace()).isEqualTo(trace(3).toString());
        assertThat(picked.get(2).spans()).hasSize(3);
        assertThat(picked.get(2).latencyMs()).isEqualTo(10.0);
    }

    @Test
    @DisplayName(
            "has the request that profiles saw most of, and one that left goroutines behind, unless they are there")
    void profiled() {
        sent.requests(Stage.FAULT, 1, 5, 1);
        ProfileBytes looks = new ProfileBytes("goroutine");
        List.of(4, 5, 5)
                .forEach(number -> looks.sample(
                        List.of(1L), Map.of("trace_id", trace(number).toString(), "span_id", "01"), "main.f"));
        Profiles profiles = new Profiles(List.of(new TakenProfile("p-0", ProfileKind.GOROUTINE, looks.profile())));
        TraceSummary summary = new TraceSummary(sent.seen(), ON_ORDERS, profiles);
        TraceResult result = summary.result(List.of());

        assertThat(picked(result)).contains("profiled " + trace(5));
        assertThat(picked(summary.withLeaked(result, leakOf(4))))
                .containsAll(picked(result))
                .contains("leaking " + trace(4));
        assertThat(summary.withLeaked(result, leakOf(5))).isEqualTo(result);
        assertThat(summary.withLeaked(result, leakOf(99))).isEqualTo(result);
    }

    private static List<String> picked(TraceResult result) {
        return result.windows().get(0).picked().stream()
                .map(request -> request.why() + " " + request.trace())
                .toList();
    }

    private static List<GoroutineResult> leakOf(long number) {
        Group group = new Group("main.f", 0, 1, "chan send", "")
                .from(List.of(new Origin(trace(number).toString(), "01", "NetworkDelay", 1)));
        return List.of(new GoroutineResult("p-0", 1, List.of(), List.of(group), Outcome.FAILED, "leak"));
    }

    @Test
    @DisplayName("says where time went that the fault added, and nothing where there is nothing to compare")
    void slower() {
        sent.silent(Stage.FAULT, 2, null).spans.add(span(2, 1, 9, "gateway", SpanKind.SERVER, 0, 25));
        assertThat(summary(List.of()).slower()).isEmpty();

        sent.silent(Stage.BASELINE, 1, null).spans.add(span(1, 1, 9, "gateway", SpanKind.SERVER, 0, 5));
        assertThat(summary(List.of()).slower())
                .containsExactly(new TraceResult.Slower("gateway: GET / (server span)", 5, 25));
    }

    @Test
    @DisplayName("says who had least left of a deadline, under the fault if there was one, and who tells of none")
    void deadlines() {
        sent.request(Stage.BASELINE, 1, 1);
        assertThat(summary(List.of()).deadlines())
                .isEqualTo("None of 2 services got a deadline, as far as their spans tell.");

        sent.silent(Stage.FAULT, 2, null);
        sent.spans.add(with(span(2, 1, 9, "gateway", SpanKind.CLIENT, 0, 25), "chaos.deadline_ms", "299"));
        sent.spans.add(with(span(2, 2, 1, "orders", SpanKind.SERVER, 0, 25), "chaos.deadline_ms", "120"));
        sent.spans.add(span(2, 3, 2, "users", SpanKind.SERVER, 0, 25));
        TraceResult result = summary(List.of());
        assertThat(result.deadlines())
                .isEqualTo("Least of a deadline was left at orders: 120 ms as one of its spans began; gateway 299 ms;"
                        + " no span of users tells of one.");
        assertThat(result.windows().get(1).picked().get(0).spans())
                .extracting(TraceResult.SpanBar::leftMs)
                .containsExactly(299.0, 120.0, null);
    }

    @Test
    @DisplayName("takes a fault to be on what its pods call and answer, where it has no target")
    void ends() {
        sent.request(Stage.FAULT, 1, 1);
        FaultedCalls calls = calls(SampleInjections.delay(Duration.ofSeconds(1)).fault());

        assertThat(calls.isOn("gateway", "orders")).isTrue();
        assertThat(calls.isOn("users", "gateway")).isTrue();
        assertThat(calls.isOn("orders", "users")).isFalse();
    }

    @Test
    @DisplayName("takes a fault with a target to be between the two alone, in either direction")
    void target() {
        sent.request(Stage.FAULT, 1, 1);
        Fault plain = SampleInjections.delay(Duration.ofSeconds(1)).fault();
        FaultedCalls calls = calls(new NetworkDelay(
                plain.selection(),
                plain.duration(),
                new Latency(Duration.ofMillis(1)),
                new Percent(0),
                new Traffic(
                        Direction.BOTH,
                        Optional.of(Selector.parse("app=q")),
                        List.of(),
                        PortRange.ANY,
                        Protocol.ANY,
                        Probes.HIT)));

        assertThat(calls.isOn("gateway", "orders")).isTrue();
        assertThat(calls.isOn("orders", "gateway")).isTrue();
        assertThat(calls.isOn("gateway", "users")).isFalse();
    }

    private TraceResult summary(List<String> lost) {
        return new TraceSummary(sent.seen(), ON_ORDERS, Profiles.NONE).result(lost);
    }

    /** Of a fault on the gateway's pod; the pod of orders is selected by app=q. */
    private FaultedCalls calls(Fault fault) {
        Instance gateway = FakeServices.pod("gateway-0", "p", 1, Map.of());
        Instance orders = FakeServices.pod("orders-0", "q", 2, Map.of());
        FixedCluster cluster = new FixedCluster(List.of(gateway, orders), List.of());
        try (FaultSchedule faults = FaultSchedule.attach(
                new FakeInjector(), List.of(SampleInjections.of(fault, gateway)), new FakeClock())) {
            return FaultedCalls.of(faults, cluster, sent.seen().traces());
        }
    }
}
