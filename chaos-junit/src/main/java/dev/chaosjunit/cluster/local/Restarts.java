// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.PodEnd;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** Starts pods again whose process has ended, when the kubelet would, and remembers each end. */
final class Restarts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Restarts.class.getName());
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final PodLauncher launcher;
    private final Node node;
    private final Runnable changed;
    private final List<PodEnd> ends = new CopyOnWriteArrayList<>();
    private final Map<Pod, BackOff> backOffs = new ConcurrentHashMap<>();
    private final Map<Pod, ReadinessWatch> watches = new ConcurrentHashMap<>();
    private final Timer timer = Clock.SYSTEM.timer("chaos-restarts");

    /**
     * Watch over pods.
     *
     * @param changed told when one may have become ready, or is so no more
     */
    Restarts(PodLauncher launcher, Node node, Runnable changed) {
        this.launcher = launcher;
        this.node = node;
        this.changed = changed;
    }

    /** Follow whether the present life of a pod is ready. */
    void watch(Pod pod) {
        ReadinessWatch before =
                watches.put(pod, new ReadinessWatch(pod, node.addresses().prober(), changed));
        if (before != null) {
            before.close();
        }
    }

    /** What a pod answered last when it was asked whether it is ready. */
    String lastResult(Pod pod) {
        ReadinessWatch watch = watches.get(pod);
        return watch == null ? "not asked yet" : watch.lastResult();
    }

    /** From now on a pod's end is one, and it is started again. */
    void follow(Pod pod) {
        PodProcess life = pod.process();
        life.whenEnded(() -> {
            changed.run();
            soon(() -> ended(pod, life), Duration.ZERO);
        });
    }

    private void ended(Pod pod, PodProcess life) {
        if (life.isAskedToEnd() || node.lost().isDone()) {
            return;
        }
        if (life.wasUp()) {
            ends.add(life.end(pod.name()));
        }
        BackOff backOff = backOffs.computeIfAbsent(pod, unused -> new BackOff());
        soon(() -> startAgain(pod, life), backOff.afterRunning(life.ran()));
    }

    private void startAgain(Pod pod, PodProcess last) {
        if (pod.process() == last && node.isRunning()) {
            start(pod);
        }
    }

    private void start(Pod pod) {
        try {
            PodProcess life = launcher.again(pod);
            pod.lives(life);
            follow(pod);
            watch(pod);
            life.release(true);
        } catch (ClusterException e) { // as when the node is just going down; its end is seen as any other
            LOG.log(Level.DEBUG, "pod " + pod.name() + " cannot be started again", e);
        }
    }

    /** Start pods anew, whatever they do now, as if they had never ended before. */
    void startAnew(Collection<Pod> pods, RootShell shell) {
        inTurn(() -> pods.forEach(pod -> startAnew(pod, shell)));
    }

    private void startAnew(Pod pod, RootShell shell) {
        pod.process().askToEnd();
        if (pod.alive()) {
            shell.run("end pod " + pod.name(), "", List.of("sh", "-c", "kill -9 \"$0\"", String.valueOf(pod.pid())));
            boolean unused = pod.process().awaitEnd(ENDS_WITHIN.toMillis());
        }
        backOffs.remove(pod);
        start(pod);
    }

    /** Pods that have ended since they were started first, or anew. */
    Set<Pod> ended() {
        inTurn(() -> {});
        return Set.copyOf(backOffs.keySet());
    }

    /** The ends of all pods so far, in order; those that came just now among them. */
    List<PodEnd> ends() {
        inTurn(() -> {});
        return List.copyOf(ends);
    }

    /** On the thread that starts pods, after all that is due; returns when it is done. */
    private void inTurn(Runnable action) {
        try {
            CompletableFuture.runAsync(action, task -> timer.after(Duration.ZERO, task))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (RejectedExecutionException e) {
            // closed
        }
    }

    private void soon(Runnable action, Duration delay) {
        try {
            timer.after(delay, action);
        } catch (RejectedExecutionException e) {
            // closed: nothing starts any more
        }
    }

    /** Start nothing any more; returns when nothing is being started. */
    @Override
    public void close() {
        timer.close();
        try {
            timer.awaitEnd(ENDS_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watches.values().forEach(ReadinessWatch::close);
    }
}
