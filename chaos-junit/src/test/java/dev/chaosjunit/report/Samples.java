// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.GoroutineResult.Group;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.LoadResult.WindowStats;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Three results as a real run would have them: passed, failed with a leak, inconclusive. */
final class Samples {
    static final String USERS = "http://user-api/users/1";
    private static final List<Window> WINDOWS = List.of(
            new Window(Stage.BASELINE, 1000, 6000),
            new Window(Stage.FAULT, 6000, 11000),
            new Window(Stage.RECOVERY, 11000, 21000));
    private static final Instant START = Instant.parse("2026-11-23T16:45:53.123Z");

    private Samples() {}

    /** DNS spoofed; the breaker answers. */
    static ExperimentResult passed() {
        return SampleResult.of(
                        "UserApiChaosIT.breakerAnswersWhileAuthCannotBeResolved",
                        "Breaker answers while auth-service cannot be resolved")
                .outcome(Outcome.PASSED, "The SLO held in all windows and 13 goroutines came back to their baseline.")
                .started(START)
                .on("local, 2 pods on 198.18.7.0/24", "6.18.44")
                .seed(8_241_907L)
                .windows(WINDOWS)
                .loads(List.of(new LoadResult(
                        USERS,
                        200,
                        "",
                        Series.of(WINDOWS, 3.1, 5.2, 4),
                        List.of(
                                new WindowStats(Stage.BASELINE, 1000, 0, 0, 3.08, 4.5, 7.91, 14.2, 3.6, Map.of()),
                                new WindowStats(
                                        Stage.FAULT, 1000, 4, 0, 5.2, 7.1, 19.6, 42.0, 5.9, Map.of("status 503", 4L)),
                                new WindowStats(Stage.RECOVERY, 2000, 0, 0, 3.11, 4.6, 8.02, 15.1, 3.7, Map.of())))))
                .slos(List.of(
                        slo(Stage.BASELINE, "p99", "200ms", "7.91ms", "9.4ms", 1000, Outcome.PASSED, ""),
                        slo(Stage.FAULT, "errorRate", "2%", "0.4%", "1.02%", 1000, Outcome.PASSED, ""),
                        slo(Stage.RECOVERY, "p99", "200ms", "8.02ms", "9.1ms", 2000, Outcome.PASSED, ""),
                        slo(Stage.RECOVERY, "errorRate", "0.5%", "0%", "0.19%", 2000, Outcome.PASSED, "")))
                .faults(List.of(FaultResult.of(
                                "DnsChaos SPOOF 0.0.0.0 for auth-service.default.svc.cluster.local",
                                "user-api-0",
                                Unit.QUERY)
                        .mechanism("tcx egress, answered in place")
                        .counters(new FaultResult.Counters(61, 48, 48, 3_744, 0))
                        .onToFirstHitMs(0.41)
                        .offToFirstCleanMs(0.18)
                        .sawInstead(Map.of("otel-collector.default.svc.cluster.local", 13L))
                        .detail("48 answers: 24 A, 24 AAAA (empty)")
                        .witness(Outcome.PASSED)
                        .build()))
                .goroutines(List.of(new GoroutineResult(
                        "user-api-0",
                        13,
                        Series.goroutines(13, 21, 13),
                        List.of(),
                        Outcome.PASSED,
                        "All groups were at or below their baseline 5 s after the fault.")))
                .notes(List.of("The leak profile is not in this build; GOEXPERIMENT=goroutineleakprofile adds it."))
                .build();
    }

    /** The passed one under another id. */
    static ExperimentResult passedAs(String id) {
        ExperimentResult like = passed();
        return SampleResult.like(like, id).build();
    }

    /** A fault on many instances, and nothing else. */
    static ExperimentResult withFaults(int instances) {
        List<FaultResult> faults = IntStream.range(0, instances)
                .mapToObj(i -> delay("order-service-" + i, 100, 10, i))
                .toList();
        return SampleResult.of("Many.pods", "Many pods")
                .outcome(Outcome.PASSED, "Fine.")
                .started(START)
                .on("local", "6.18")
                .seed(1)
                .windows(WINDOWS)
                .faults(faults)
                .build();
    }

    /** A delay without a time-out: the SLO is missed and goroutines leak. */
    static ExperimentResult failed() {
        return SampleResult.of(
                        "FragileIT.noTimeoutLeaksGoroutines",
                        "FRAGILE=no-timeout,leak: a slow auth-service must not take user-api down")
                .outcome(Outcome.FAILED, """
                p99 in the fault window was 612ms where 200ms was allowed, and 187 goroutines leaked on user-api-0.
                  fault: p99 612ms, 95 % edge 618ms > 200ms (1000 samples)
                  user-api-0: the same 187 goroutines sat in chan send at +5 s and at +30 s
                Replay with -Dchaos.seed=42.""")
                .started(START.plusSeconds(40))
                .on("local, 3 pods on 198.18.9.0/24", "6.18.44")
                .seed(42)
                .windows(WINDOWS)
                .loads(List.of(new LoadResult(
                        USERS,
                        200,
                        "",
                        Series.of(WINDOWS, 3.1, 507, 61),
                        List.of(
                                new WindowStats(Stage.BASELINE, 1000, 0, 0, 3.08, 4.5, 7.91, 14.2, 3.6, Map.of()),
                                new WindowStats(
                                        Stage.FAULT,
                                        1000,
                                        61,
                                        0,
                                        507,
                                        590,
                                        612,
                                        2000,
                                        531,
                                        Map.of("time-out", 52L, "connection refused", 9L)),
                                new WindowStats(Stage.RECOVERY, 2000, 0, 3, 3.2, 4.9, 9.7, 220, 4.1, Map.of())))))
                .slos(List.of(
                        slo(Stage.BASELINE, "p99", "200ms", "7.91ms", "9.4ms", 1000, Outcome.PASSED, ""),
                        slo(
                                Stage.FAULT,
                                "p99",
                                "200ms",
                                "612ms",
                                "618ms",
                                1000,
                                Outcome.FAILED,
                                "612ms is above 200ms, and so is the good edge of the interval (601ms)."),
                        slo(
                                Stage.FAULT,
                                "errorRate",
                                "1%",
                                "6.1%",
                                "7.76%",
                                1000,
                                Outcome.FAILED,
                                "61 of 1000 requests failed; at most 10 would meet 1%."),
                        slo(
                                Stage.RECOVERY,
                                "p99.9",
                                "300ms",
                                "220ms",
                                "1.1s",
                                2000,
                                Outcome.INCONCLUSIVE,
                                "2000 samples cannot bound p99.9 at 95 %: 3689 are needed, 18.5s at 200/s.")))
                .faults(List.of(delay("auth-service-0", 4021, 812, 7), delay("auth-service-1", 3988, 790, 8)))
                .traces(SampleTraces.storm())
                .profiles(SampleProfiles.result())
                .goroutines(List.of(
                        new GoroutineResult(
                                "user-api-0",
                                13,
                                Series.goroutines(13, 420, 200),
                                List.of(
                                        new Group(
                                                "user-api/internal/auth.(*Client).Verify", 2, 189, "chan send", STACK),
                                        new Group("net/http.(*Transport).dialConn", 4, 8, "IO wait", READ_LOOP)),
                                Outcome.FAILED,
                                "Leak: the same 187 goroutines sat in chan send at +5 s and at +30 s."),
                        new GoroutineResult(
                                "order-service-0",
                                31,
                                Series.goroutines(31, 34, 31),
                                List.of(),
                                Outcome.PASSED,
                                "All groups were at or below their baseline 5 s after the fault.")))
                .build();
    }

    /** Somebody else injected the fault, and counted nothing. */
    static ExperimentResult notCounted() {
        ExperimentResult like = passed();
        return SampleResult.like(like, "NotCounted.delay")
                .faults(List.of(FaultResult.of(
                                "delay 500ms, to, 5s, on app=order-service (one)", "order-service-1", Unit.PACKET)
                        .mechanism("NetworkChaos of Chaos Mesh")
                        .requestedDelayMs(500.0)
                        .detail("Chaos Mesh: injected 1 of 1; packets were not counted")
                        .witness(Outcome.PASSED)
                        .build()))
                .build();
    }

    /** The fault hit nothing. */
    static ExperimentResult inconclusive() {
        return SampleResult.of("OrderServiceIT.dnsOfPayments[2]", "order-service resolves payments (NXDOMAIN)")
                .outcome(
                        Outcome.INCONCLUSIVE,
                        "The fault hit nothing: 0 of 26 DNS queries on order-service-1 matched payment.default.svc.cluster.local."
                                + "\nIt asked for payment-service.default.svc.cluster.local (26) instead.")
                .started(START.plusSeconds(80))
                .on("local, 2 pods on 198.18.11.0/24", "6.18.44")
                .seed(7)
                .windows(WINDOWS)
                .faults(List.of(FaultResult.of(
                                "DnsChaos NXDOMAIN for payment.default.svc.cluster.local",
                                "order-service-1",
                                Unit.QUERY)
                        .mechanism("tcx egress, answered in place")
                        .counters(new FaultResult.Counters(26, 0, 0, 0, 0))
                        .sawInstead(Map.of("payment-service.default.svc.cluster.local", 26L))
                        .build()))
                .build();
    }

    private static SloResult slo(
            Stage window,
            String objective,
            String limit,
            String observed,
            String badEdge,
            long samples,
            Outcome outcome,
            String detail) {
        return new SloResult(window, USERS, objective, Limit.parse(limit), observed, badEdge, samples, outcome, detail);
    }

    private static FaultResult delay(String instance, long seen, long hit, long seed) {
        Map<Long, Long> errors = Series.errors(hit, seed);
        return FaultResult.of("NetworkDelay 500ms ± 100ms, correlation 100, egress", instance, Unit.PACKET)
                .mechanism("tcx egress + delay line")
                .counters(new FaultResult.Counters(seen, hit + 3, hit, hit * 143, 97))
                .onToFirstHitMs(1.24)
                .offToFirstCleanMs(0.63)
                .requestedDelayMs(500.0)
                .delayHistogramUs(Series.delays(errors, seed))
                .errorHistogramUs(errors)
                .sawInstead(Map.of("198.18.9.4:4317", 41L))
                .detail("held at most 97 packets")
                .witness(Outcome.PASSED)
                .build();
    }

    private static final String STACK = """
            user-api/internal/auth.(*Client).Verify.func1()
            	/src/user-api/internal/auth/client.go:71 +0x8c
            created by user-api/internal/auth.(*Client).Verify in goroutine 4711
            	/src/user-api/internal/auth/client.go:69 +0x1d4""";

    private static final String READ_LOOP = """
            internal/poll.runtime_pollWait(0x7f6e1c0a5d28, 0x72)
            	/usr/local/go/src/runtime/netpoll.go:351 +0x85
            net/http.(*persistConn).readLoop(0xc0001b6360)
            	/usr/local/go/src/net/http/transport.go:2325 +0xca5
            created by net/http.(*Transport).dialConn in goroutine 62
            	/usr/local/go/src/net/http/transport.go:1944 +0x174f""";
}
