// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import static dev.chaosjunit.observe.trace.Spans.MS;
import static dev.chaosjunit.observe.trace.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.clock.FakeClock;
import dev.chaosjunit.cluster.FixedCluster;
import dev.chaosjunit.observe.trace.SpanKind;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.slo.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rules on traces")
class TraceVerdictTests {
    private static final String ID = "t/fault";
    private static final TraceRules CARRIED = new TraceRules(true, List.of());

    private final FakeClock clock = new FakeClock();
    private final Sent sent = new Sent();
    private Experiment experiment = new SampleExperiment().traces(CARRIED).build();
    private Findings findings = findings();

    @Test
    @DisplayName("are met where each span of a request of the fault window carries the id")
    void carried() {
        sent.requests(Stage.FAULT, 1, 3, 1).carrying(ID);

        assertThat(judge()).isEmpty();
        assertVerdict(Outcome.PASSED);
    }

    @Test
    @DisplayName("are broken by who loses the id, by name, and not by requests of other windows")
    void lost() {
        sent.request(Stage.FAULT, 1, 0).carrying(ID).request(Stage.FAULT, 2, 1).requests(Stage.BASELINE, 10, 5, 1);

        assertThat(judge()).containsExactly("gateway does not take it from the request that comes in: 1 of 2 requests");
        assertVerdict(
                Outcome.FAILED,
                "In the fault window, t/fault was lost on its way: gateway does not take it from the request that comes"
                        + " in: 1 of 2 requests.");
    }

    @Test
    @DisplayName("are broken by who has traces of its own in the time of the fault alone")
    void strays() {
        sent.request(Stage.FAULT, 1, 1).carrying(ID);
        long during = (findings.epochNanos(findings.injected()) + 1) / MS + 1;
        sent.spans.add(span(900, 1, 0, "mailer", SpanKind.SERVER, during, during + 1));
        sent.spans.add(span(901, 1, 0, "cron", SpanKind.SERVER, during - 60_000, during - 59_000));

        assertThat(judge()).singleElement().asString().startsWith("mailer has 1 spans of traces of their own");
        assertThat(findings.verdict().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    @DisplayName("are not decided by requests that no span arrived of; those that failed need none")
    void silent() {
        sent.request(Stage.FAULT, 1, 1).carrying(ID).silent(Stage.FAULT, 2, "HTTP 502");
        judge();
        assertVerdict(Outcome.PASSED);

        sent.silent(Stage.FAULT, 3, null);
        assertThat(judge()).containsExactly("no span of 1 of 2 requests arrived");
        assertVerdict(
                Outcome.INCONCLUSIVE,
                "Whether t/fault is carried everywhere cannot be told: no span of 1 of 2 requests arrived.");
    }

    @Test
    @DisplayName("are not decided where no request was answered")
    void noneAnswered() {
        sent.silent(Stage.FAULT, 1, "timeout");
        judge();
        assertVerdict(
                Outcome.INCONCLUSIVE,
                "Whether t/fault is carried everywhere cannot be told: no request of that time was answered.");
    }

    @Test
    @DisplayName("say who loses the id also where nobody asks for it, and that is held against nobody")
    void unasked() {
        rules(TraceRules.NONE);
        sent.request(Stage.FAULT, 1, 1);

        assertThat(judge()).hasSize(1);
        assertVerdict(Outcome.PASSED);
    }

    @Test
    @DisplayName("say nothing of an experiment whose fault was not injected")
    void notInjected() {
        findings = new Findings(experiment, new FixedCluster(List.of(), List.of()), clock);
        sent.request(Stage.BASELINE, 1, 1);

        assertThat(judge()).isEmpty();
        assertVerdict(Outcome.PASSED);
    }

    @Test
    @DisplayName("are not decided by a part of the spans")
    void dropped() {
        sent.request(Stage.FAULT, 1, 1).carrying(ID).dropped(1_234);
        judge();
        assertVerdict(
                Outcome.INCONCLUSIVE,
                "Not all traces were kept: 7 spans are here, and for 1,234 more there was no room.");
    }

    @Test
    @DisplayName("on calls are met at their limit, and broken only where the interval is above it")
    void calls() {
        calls(2, Phase.FAULT);
        sent.requests(Stage.FAULT, 1, 40, 2).requests(Stage.RECOVERY, 100, 40, 9);
        judge();
        assertVerdict(Outcome.PASSED);

        calls(1.5, Phase.FAULT);
        judge();
        assertVerdict(
                Outcome.FAILED,
                "In the fault window, gateway called orders 2.00 times a request (2.00 to 2.00 with 95% confidence, 40"
                        + " requests); the limit is 1.5.");
    }

    @Test
    @DisplayName("on calls are not decided where the limit is inside of the interval, or requests are few")
    void unsure() {
        calls(2, Phase.FAULT);
        sent.requests(Stage.FAULT, 1, 40, 1).requests(Stage.FAULT, 41, 41, 3);
        judge();
        assertThat(findings.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);

        Sent few = new Sent().requests(Stage.FAULT, 1, 29, 1);
        calls(2, Phase.FAULT);
        new TraceVerdict(experiment, findings, few.seen()).judge();
        assertThat(findings.verdict().reasons()).singleElement().asString().contains("0.00 to Infinity", "29 requests");
    }

    @Test
    @DisplayName("on calls of the steady state hold in the baseline and in the recovery")
    void steady() {
        calls(1, Phase.STEADY);
        sent.requests(Stage.BASELINE, 1, 40, 1)
                .requests(Stage.FAULT, 100, 40, 5)
                .requests(Stage.RECOVERY, 200, 40, 2);
        judge();
        assertThat(findings.verdict().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(findings.verdict().reasons()).singleElement().asString().startsWith("In the recovery window, ");
    }

    @Test
    @DisplayName("on calls that nobody makes name those that were seen")
    void unknown() {
        rules(new TraceRules(false, List.of(new CallLimit("payments", "", 2, Phase.FAULT))));
        sent.requests(Stage.FAULT, 1, 40, 1);
        judge();
        assertVerdict(
                Outcome.INCONCLUSIVE,
                "@CallsPerRequest(to = \"payments\"): no call of it was seen; seen were gateway → orders.");

        rules(new TraceRules(false, List.of(new CallLimit("payments", "", 2, Phase.FAULT))));
        new TraceVerdict(experiment, findings, new Sent().seen()).judge();
        assertThat(findings.verdict().reasons()).singleElement().asString().endsWith("seen were none.");
    }

    @Test
    @DisplayName("on calls are not met by a window of which nothing was received, though calls are known from another")
    void nothingReceived() {
        calls(2, Phase.FAULT);
        sent.requests(Stage.BASELINE, 1, 40, 1).silent(Stage.FAULT, 100, null);
        judge();
        assertVerdict(
                Outcome.INCONCLUSIVE,
                "@CallsPerRequest(to = \"orders\"): of the requests of the fault window no span was received.");
    }

    @Test
    @DisplayName("on calls are met where the fault keeps them from being made")
    void noneMade() {
        calls(2, Phase.FAULT);
        sent.requests(Stage.BASELINE, 1, 40, 1).requests(Stage.FAULT, 100, 40, 0);
        judge();
        assertVerdict(Outcome.PASSED);
    }

    private void calls(double max, Phase phase) {
        rules(new TraceRules(false, List.of(new CallLimit("orders", "gateway", max, phase))));
    }

    private void rules(TraceRules rules) {
        experiment = new SampleExperiment().traces(rules).build();
        findings = findings();
    }

    private Findings findings() {
        Findings begun = new Findings(experiment, new FixedCluster(List.of(), List.of()), clock);
        clock.pass(Duration.ofSeconds(4));
        begun.injected(clock.nanoTime());
        clock.pass(Duration.ofSeconds(5));
        begun.reverted(clock.nanoTime());
        return begun;
    }

    private List<String> judge() {
        return new TraceVerdict(experiment, findings, sent.seen()).judge();
    }

    private void assertVerdict(Outcome outcome, String... reasons) {
        assertThat(findings.verdict().reasons()).containsExactly(reasons);
        assertThat(findings.verdict().outcome()).isEqualTo(outcome);
    }
}
