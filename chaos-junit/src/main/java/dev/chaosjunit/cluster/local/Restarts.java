// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.KeptDown;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.local.probe.Question;
import dev.chaosjunit.cluster.local.probe.Route;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.fault.BackOff;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts containers, and starts those again that have ended, when the kubelet would; it remembers each end. */
final class Restarts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Restarts.class.getName());
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final RootShell shell;
    private final PodLauncher launcher;
    private final Node node;
    private final Runnable changed;
    private final List<PodEnd> ends = new CopyOnWriteArrayList<>();
    private final Map<Container, BackOff> backOffs = new ConcurrentHashMap<>();
    private final Map<Container, LifeWatch> watches = new ConcurrentHashMap<>();
    private final Set<Container> down = ConcurrentHashMap.newKeySet();
    private volatile StartOrder order = new StartOrder(List.of(), this::begin);
    private final Timer timer = Clock.SYSTEM.timer("chaos-restarts");

    /**
     * Watch over pods.
     *
     * @param changed told when one may have become ready, or is so no more
     */
    Restarts(RootShell shell, PodLauncher launcher, Node node, Runnable changed) {
        this.shell = shell;
        this.launcher = launcher;
        this.node = node;
        this.changed = changed;
    }

    /** Start pods for the first time, each when its turn has come. */
    void begin(List<Pod> pods) {
        order = new StartOrder(pods, this::begin);
        order.next();
    }

    private void begin(Pod pod) {
        beginAfter(pod, 0, container -> watch(container, launcher.start(container)));
    }

    /** Begin one that came later, and follow it from the first. */
    void add(Pod pod) {
        soon(() -> beginAfter(pod, 0, this::start), Duration.ZERO);
    }

    /** Its init containers one after another, then the others side by side. */
    private void beginAfter(Pod pod, int done, Consumer<Container> start) {
        if (done == pod.initContainers().size()) {
            pod.containers().forEach(start);
            return;
        }
        Container next = pod.initContainers().get(done);
        launcher.start(next).whenEnded(() -> {
            if (next.isDone()) {
                soon(() -> beginAfter(pod, done + 1, start), Duration.ZERO);
            }
        });
    }

    /** Ask a container in a life what its manifest says. */
    private void watch(Container container, PodProcess life) {
        Route route = new Route(node.addresses().prober(), container.pod().address());
        Function<Probe, ProbeLoop> ask = probe -> new ProbeLoop(
                life::alive, probe, Question.of(probe.check(), route, launcher.commands(container, life)));
        ProbeFailure failure = new ProbeFailure(shell, container, life);
        LifeWatch before =
                watches.put(container, new LifeWatch(container, life, ask, this::readinessChanged, failure::end));
        if (before != null) {
            before.close();
        }
    }

    private void readinessChanged() {
        changed.run();
        order.next();
    }

    /** What a pod answered last when it was asked whether it is ready. */
    String lastAnswer(Pod pod) {
        if (!pod.hasBegun()) {
            return "not started, as the one before it is not ready";
        }
        return pod.containers().stream()
                .filter(container -> !container.ready())
                .map(container -> Optional.ofNullable(watches.get(container))
                        .map(watch -> container.label() + watch.lastAnswer())
                        .orElse("not asked yet"))
                .collect(Collectors.joining(", "));
    }

    /** From now on the end of one of a pod's containers is one, and it is started again. */
    void follow(Pod pod) {
        pod.containers().forEach(container -> container.life().ifPresent(life -> follow(container, life)));
    }

    private void follow(Container container, PodProcess life) {
        life.whenEnded(() -> {
            changed.run();
            soon(() -> ended(container, life), Duration.ZERO);
        });
    }

    private void ended(Container container, PodProcess life) {
        Pod pod = container.pod();
        if (life.isAskedToEnd() || node.lost().isDone() || container.isDone()) {
            return;
        }
        if (life.wasUp()) {
            ends.add(life.end(pod.id().uid()));
        }
        if (pod.startsAgainAfter(life.hasSucceeded())) {
            BackOff backOff = backOffs.computeIfAbsent(container, unused -> new BackOff());
            soon(() -> startAgain(container, life), backOff.afterRunning(life.ran()));
        }
    }

    /** Do not start a container again, until that is closed: then at once. */
    KeptDown keepDown(Container container) {
        down.add(container);
        return new KeptDown() {
            @Override
            public boolean endsIt() {
                return false;
            }

            @Override
            public void close() {
                inTurn(() -> release(container));
            }
        };
    }

    private void release(Container container) {
        if (down.remove(container)) {
            bringBack(container);
        }
    }

    private void bringBack(Container container) {
        container
                .life()
                .filter(life -> !life.alive() && container.pod().startsAgainAfter(life.hasSucceeded()))
                .ifPresent(life -> startAgain(container, life));
    }

    private void startAgain(Container container, PodProcess last) {
        if (container
                        .life()
                        .filter(life -> life == last && !life.isAskedToEnd())
                        .isPresent()
                && !down.contains(container)
                && node.isRunning()) {
            start(container);
        }
    }

    private void start(Container container) {
        try {
            PodProcess life = launcher.start(container);
            follow(container, life);
            watch(container, life);
        } catch (ClusterException e) { // as when the node is just going down; its end is seen as any other
            LOG.log(Level.DEBUG, "pod " + container.title() + " cannot be started again", e);
        }
    }

    /** Start pods anew, whatever they do now, as if they had never ended before. */
    void startAnew(Collection<Pod> pods) {
        inTurn(() -> pods.forEach(this::startAnew));
    }

    private void startAnew(Pod pod) {
        end(pod);
        pod.containers().forEach(container -> {
            backOffs.remove(container);
            start(container);
        });
    }

    /** Kill what runs of a pod, and wait for that. */
    private void end(Pod pod) {
        List<PodProcess> lives = lives(pod);
        lives.forEach(PodProcess::askToEnd);
        lives.stream().filter(PodProcess::alive).forEach(life -> {
            signal("-9", pod, life);
            boolean unused = life.awaitEnd(ENDS_WITHIN.toMillis());
        });
    }

    private void signal(String signal, Pod pod, PodProcess life) {
        shell.run(
                "end pod " + pod.title(),
                "",
                List.of("sh", "-c", "kill \"$0\" \"$1\"", signal, String.valueOf(life.pid())));
    }

    private static List<PodProcess> lives(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> container.life().stream())
                .toList();
    }

    /**
     * End a pod for good; returns when it is told to.
     *
     * @param grace from SIGTERM to SIGKILL
     * @param gone what to do when nothing of it runs any more
     */
    void delete(Pod pod, Duration grace, Runnable gone) {
        inTurn(() -> {
            lives(pod).forEach(PodProcess::askToEnd);
            pod.containers().stream()
                    .flatMap(container -> Stream.ofNullable(watches.remove(container)))
                    .forEach(LifeWatch::close);
            if (!grace.isZero()) {
                lives(pod).stream().filter(PodProcess::alive).forEach(life -> signal("-TERM", pod, life));
            }
        });
        CompletableFuture<?> ended = CompletableFuture.allOf(
                lives(pod).stream().map(PodProcess::ending).toArray(CompletableFuture[]::new));
        soon(
                () -> {
                    if (!ended.isDone()) {
                        end(pod);
                    }
                },
                grace);
        var unused = ended.thenRun(() -> soon(gone, Duration.ZERO));
    }

    /** Pods that have ended since they were started first, or anew. */
    Set<Pod> ended() {
        inTurn(() -> {});
        return backOffs.keySet().stream().map(Container::pod).collect(Collectors.toSet());
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
        watches.values().forEach(LifeWatch::close);
    }
}
