// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the kubelet asks a container through one life: whether it has started, and then whether it is ready and, on another
 * thread, whether it is alive.
 */
final class LifeWatch implements AutoCloseable {

    /** It takes the kubelet that long to see that a container runs: nothing is asked, and fails, before. */
    private static final Duration SEEN_AFTER = Duration.ofSeconds(1);

    private final Container container;
    private final PodProcess life;
    private final Consumer<String> failed;
    private final Optional<ProbeLoop> startup;
    private final Optional<ProbeLoop> liveness;
    private final ReadinessWatch readiness;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile String problem = "";

    /**
     * Begin to ask.
     *
     * @param ask how a probe is asked in this life
     * @param changed told when it has become ready, or is so no more
     * @param failed told why it has to be started again, on a thread that may wait
     */
    LifeWatch(
            Container container,
            PodProcess life,
            Function<Probe, ProbeLoop> ask,
            Runnable changed,
            Consumer<String> failed) {
        this.container = container;
        this.life = life;
        this.failed = failed;
        startup = container.spec().probes().startup().map(ask);
        liveness = container.spec().probes().liveness().map(ask);
        readiness = new ReadinessWatch(container.spec(), life, ask, changed);
        onThread("ready-", this::follow);
    }

    /** What it answered last when it was asked whether it is ready or, before, whether it has started. */
    String lastAnswer() {
        return problem.isEmpty()
                ? startup.filter(loop -> !life.hasStarted())
                        .map(ProbeLoop::lastAnswer)
                        .orElseGet(readiness::lastAnswer)
                : problem;
    }

    /** Ask no more. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void follow() throws InterruptedException {
        if (!life.awaitUp()) {
            return;
        }
        if (startup.isPresent() && !hasStarted(startup.get())) {
            failed.accept("its startup probe failed: " + startup.get().lastAnswer());
            return;
        }
        life.hasStarted(true);
        liveness.ifPresent(loop -> onThread("alive-", () -> untilDead(loop)));
        readiness.run();
    }

    private boolean hasStarted(ProbeLoop loop) throws InterruptedException {
        life.awaitAge(loop.probe().initialDelay());
        Duration seen = longer(loop.probe().initialDelay(), SEEN_AFTER);
        return loop.hasStarted(System.nanoTime() + seen.minus(life.age()).toNanos());
    }

    private void untilDead(ProbeLoop loop) throws InterruptedException {
        life.awaitAge(longer(loop.probe().initialDelay(), SEEN_AFTER));
        loop.await(false, loop.probe().failureThreshold());
        failed.accept("its liveness probe failed: " + loop.lastAnswer());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void onThread(String name, Work work) {
        Thread thread = new Thread(() -> run(work), name + container.pod().title());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            // closed, or it ended
        } catch (RuntimeException e) { // nobody looks at this thread: a start that waits for it says why
            problem = Objects.requireNonNullElse(e.getMessage(), e.toString());
        }
    }
}
