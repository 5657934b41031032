// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.jwt.JwtChaos;
import dev.chaosjunit.jwt.MutatedLoad;
import dev.chaosjunit.result.Stage;
import dev.chaosjunit.result.TokenResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Requests with mutated tokens beside the experiment's loads, if it wants any; closing drops what is on its way. */
final class MutatedRequests implements AutoCloseable {
    private final List<MutatedLoad> loads;
    private final Loads running;
    private final Run run;
    private final Timer timer;
    private final CountDownLatch over;
    private volatile long endedNanos;

    private MutatedRequests(Run run, List<MutatedLoad> loads, Duration duration) {
        this.loads = loads;
        this.run = run;
        this.timer = run.clock().timer("chaos-tokens");
        this.over = new CountDownLatch(loads.isEmpty() ? 0 : 1);
        this.running = run.startLoads(loads.stream().map(MutatedLoad::spec).toList());
        running.mark(Optional.of(run.experiment().mark(Stage.FAULT)));
        if (!loads.isEmpty()) {
            timer.after(duration, this::end);
        }
    }

    /** Send for a share of the time that was asked for, whatever the test does meanwhile. */
    static MutatedRequests start(Run run, double scale) {
        Duration duration = run.experiment().tokens().map(JwtChaos::duration).orElse(Duration.ZERO);
        return new MutatedRequests(run, loads(run), Duration.ofNanos(Math.round(duration.toNanos() * scale)));
    }

    private static List<MutatedLoad> loads(Run run) {
        return run.experiment()
                .tokens()
                .map(chaos ->
                        chaos.make(run.experiment().loads(), Instant.now()).loads())
                .orElse(List.of());
    }

    /** Send no more, if that is not so already. */
    synchronized void end() {
        if (over.getCount() == 0) {
            return;
        }
        endedNanos = run.clock().nanoTime();
        running.stop();
        over.countDown();
    }

    /** Wait until the last was sent and has its answer; at once where there are none. */
    void await() throws InterruptedException {
        run.clock().await(over);
    }

    /** When the last was sent and the last fault lifted, on the run's clock; after both were awaited. */
    long overNanos(FaultSchedule faults) {
        if (loads.isEmpty()) {
            return faults.liftedNanos();
        }
        return run.experiment().faults().isEmpty() ? endedNanos : Math.max(endedNanos, faults.liftedNanos());
    }

    /** Tell findings when they were sent; after {@link #await()}. */
    void period(long from) {
        run.experiment()
                .tokens()
                .filter(chaos -> !loads.isEmpty())
                .ifPresent(chaos ->
                        run.findings().period(chaos.describe(), JwtChaos.class.getSimpleName(), from, endedNanos));
    }

    /** What came of them; after {@link #await()}. */
    List<TokenResult> results() {
        return IntStream.range(0, loads.size())
                .mapToObj(i -> TokenRule.judge(loads.get(i), running.samples(i)))
                .toList();
    }

    @Override
    public void close() {
        timer.close();
        running.abort();
        running.close();
    }
}
