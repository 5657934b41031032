// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.result.ExperimentResult;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.GoStack.Frame;
import dev.chaosjunit.result.GoroutineResult;
import dev.chaosjunit.result.LeftOut;
import dev.chaosjunit.result.Limit;
import dev.chaosjunit.result.LoadResult;
import dev.chaosjunit.result.Outcome;
import dev.chaosjunit.result.ProfileResult;
import dev.chaosjunit.result.ProfileResult.PodProfile;
import dev.chaosjunit.result.ProfileResult.SeenStack;
import dev.chaosjunit.result.ProfileResult.SpanProfile;
import dev.chaosjunit.result.SloResult;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TraceResult;
import dev.chaosjunit.result.TraceResult.NotKept;
import dev.chaosjunit.result.TraceResult.ServiceCalls;
import dev.chaosjunit.result.TraceResult.Slower;
import dev.chaosjunit.result.TraceResult.SpanBar;
import dev.chaosjunit.result.TraceResult.TracedWindow;
import dev.chaosjunit.result.TraceResult.Waterfall;
import dev.chaosjunit.result.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A result whose every text is markup and whose numbers are at the edge. */
final class Hostile {
    private static final String EVIL =
            "\u0000]]>'\"><img src=\"x\" onerror=\"alert(1)\"><script>alert(2)</script>&amp;";

    private Hostile() {}

    static ExperimentResult result() {
        return SampleResult.of(EVIL)
                .outcome(Outcome.FAILED, EVIL + "\n" + EVIL)
                .started(Instant.EPOCH)
                .on(EVIL, EVIL)
                .seed(Long.MIN_VALUE)
                .windows(List.of(new Window(Stage.BASELINE, 0, 0), new Window(Stage.FAULT, 0, Double.NaN)))
                .loads(List.of(load()))
                .slos(List.of(
                        new SloResult(
                                Stage.FAULT, EVIL, "p99", Limit.parse("1ms"), EVIL, EVIL, 0, Outcome.FAILED, EVIL),
                        new SloResult(Stage.FAULT, EVIL, EVIL, Limit.parse("0%"), EVIL, EVIL, 0, Outcome.FAILED, EVIL)))
                .faults(List.of(fault()))
                .goroutines(List.of(goroutines()))
                .traces(traces())
                .profiles(profiles())
                .leftOut(new LeftOut(List.of(EVIL), List.of(EVIL)))
                .notes(List.of(EVIL))
                .build();
    }

    static ResultFiles.Unreadable file() {
        return new ResultFiles.Unreadable(EVIL, EVIL);
    }

    private static LoadResult load() {
        return new LoadResult(
                EVIL,
                0.1,
                EVIL,
                List.of(
                        new LoadResult.Point(0, 0, 0, 0, 0, 0, 0),
                        new LoadResult.Point(200, 1, 1, Double.NaN, Double.NaN, Double.NaN, 0),
                        new LoadResult.Point(400, 1, 0, 0, 0, 1e9, 0)),
                List.of(new LoadResult.WindowStats(
                        Stage.FAULT,
                        0,
                        1,
                        1,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Map.of(EVIL, 1L))));
    }

    private static FaultResult fault() {
        return FaultResult.of(EVIL, EVIL, Unit.PACKET)
                .mechanism(EVIL)
                .counters(new FaultResult.Counters(0, 0, 0, Long.MAX_VALUE, 0))
                .onToFirstHitMs(Double.NaN)
                .requestedDelayMs(0.0)
                .delayHistogramUs(Map.of(0L, 1L))
                .errorHistogramUs(Map.of(-1L, 1L))
                .sawInstead(Map.of(EVIL, 1L))
                .detail(EVIL)
                .witness(Outcome.FAILED)
                .build();
    }

    private static TraceResult traces() {
        double none = Double.NaN;
        List<ServiceCalls> calls = List.of(
                new ServiceCalls(EVIL, EVIL, 1, 1, none, none, none, none, none, true),
                new ServiceCalls(EVIL, "b", 1, 2, none, Double.POSITIVE_INFINITY, none, none, none, true));
        List<SpanBar> spans = List.of(
                new SpanBar(EVIL, EVIL, EVIL, EVIL, 0, none, none, true, none, EVIL),
                new SpanBar(EVIL, EVIL, EVIL, EVIL, 1, -1e12, Double.POSITIVE_INFINITY, false, -1e12, EVIL));
        List<Waterfall> picked =
                List.of(new Waterfall(EVIL, EVIL, none, spans), new Waterfall(EVIL, EVIL, none, List.of()));
        return new TraceResult(
                Long.MAX_VALUE,
                new NotKept(-1, Long.MIN_VALUE, Long.MAX_VALUE, 1),
                List.of(new TracedWindow(Stage.FAULT, 0, 1, calls, picked)),
                List.of(new Slower(EVIL, none, Double.POSITIVE_INFINITY)),
                EVIL,
                List.of(EVIL));
    }

    private static ProfileResult profiles() {
        SeenStack stack = new SeenStack(-1, Double.NaN, List.of(new Frame(EVIL, EVIL), new Frame("", "")));
        return new ProfileResult(
                List.of(new PodProfile(EVIL, EVIL, 0, Double.POSITIVE_INFINITY, Double.NaN, List.of(stack))),
                List.of(new SpanProfile(EVIL, EVIL, EVIL, -1, Double.NaN, List.of(stack))));
    }

    private static GoroutineResult goroutines() {
        return new GoroutineResult(
                EVIL,
                0,
                List.of(new GoroutineResult.Count(0, 0)),
                List.of(new GoroutineResult.Group(EVIL, 0, 1, EVIL, EVIL)
                        .from(List.of(new GoroutineResult.Origin(EVIL, EVIL, EVIL, 1)))),
                Outcome.FAILED,
                EVIL);
    }
}
