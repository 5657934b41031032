// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.local.probe.Answer;
import dev.chaosjunit.cluster.local.probe.Question;
import dev.chaosjunit.cluster.manifest.Probe;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks one question in one life of a container again and again. */
final class ProbeLoop {

    /** The first packet over a link that just came up may be lost; it is sent again only after a second. */
    private static final Duration STARTING_CONNECT = Duration.ofMillis(100);

    /** One that starts is asked at short intervals, as a test waits for it. */
    private static final Duration STARTING_PERIOD = Duration.ofMillis(20);

    /** A process each time is dearer than a connection. */
    private static final Duration STARTING_EXEC_PERIOD = Duration.ofMillis(100);

    private final BooleanSupplier alive;
    private final Probe probe;
    private final Question question;
    private volatile String lastAnswer = "not asked yet";

    /**
     * Prepare to ask.
     *
     * @param alive whether that life goes on
     */
    ProbeLoop(BooleanSupplier alive, Probe probe, Question question) {
        this.alive = alive;
        this.probe = probe;
        this.question = question;
    }

    Probe probe() {
        return probe;
    }

    /** What came last, with the question: {@code GET http://198.18.0.2:8080/readyz: 503}. */
    String lastAnswer() {
        return lastAnswer;
    }

    /** Ask until the same answer came so many times in a row, a period after another. */
    void await(boolean wanted, int row) throws InterruptedException {
        await(wanted, row, probe.timeout(), probe.period());
    }

    /** Ask until it was good so many times in a row, as often as one that starts is asked. */
    void awaitStart(int row) throws InterruptedException {
        await(true, row, STARTING_CONNECT, startingPeriod());
    }

    private void await(boolean wanted, int row, Duration connect, Duration period) throws InterruptedException {
        for (int count = 0; count < row; ) {
            Answer answer = ask(connect);
            if (answer.known()) {
                count = answer.good() == wanted ? count + 1 : 0;
            }
            if (count < row) {
                Thread.sleep(period.toMillis());
            }
        }
    }

    /**
     * Ask as often as one that starts is asked, until it is good, or was bad so many times: what is bad counts once in a
     * period, and not before a moment on the clock of {@link System#nanoTime()}.
     *
     * @return whether it was good
     */
    boolean hasStarted(long countsFrom) throws InterruptedException {
        long next = countsFrom;
        for (int bad = 0; bad < probe.failureThreshold(); ) {
            Answer answer = ask(STARTING_CONNECT);
            if (answer.good()) {
                return true;
            }
            if (answer.known() && System.nanoTime() - next >= 0) {
                bad++;
                next += probe.period().toNanos();
            }
            Thread.sleep(startingPeriod().toMillis());
        }
        return false;
    }

    private Answer ask(Duration connect) throws InterruptedException {
        if (!alive.getAsBoolean()) {
            throw new InterruptedException("the container ended");
        }
        Answer answer = question.ask(connect, probe.timeout());
        lastAnswer = answer.text();
        return answer;
    }

    private Duration startingPeriod() {
        return probe.check() instanceof Probe.Exec ? STARTING_EXEC_PERIOD : STARTING_PERIOD;
    }
}
