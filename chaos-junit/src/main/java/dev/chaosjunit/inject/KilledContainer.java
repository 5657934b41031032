// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.KeptDown;
import dev.chaosjunit.cluster.PodEnd;
import dev.chaosjunit.cluster.Poll;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.FaultResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod whose container is killed: the life that it has when it is asked for, if it has one. */
final class KilledContainer implements Victim {

    /**
     * A signal that was sent.
     *
     * @param life whose
     * @param into when, from the begin of the fault
     */
    record Sent(Handle life, long pid, Duration into) {}

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(3);

    private final Fault fault;
    private final Target target;
    private final Function<Target, HelperPod> attach;
    private final Cluster cluster;
    private final long restartsBefore;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private @Nullable HelperPod ready;
    private @Nullable KeptDown down;
    private volatile long downFrom = Long.MAX_VALUE;
    private volatile long downUntil = Long.MAX_VALUE;
    private final AtomicLong asked = new AtomicLong();
    private volatile String impossible = "";

    /** The first kill is made ready at once, so that what cannot be done is known before anything is. */
    KilledContainer(Fault fault, Target target, Function<Target, HelperPod> attach, Cluster cluster) {
        this.fault = fault;
        this.target = target;
        this.attach = attach;
        this.cluster = cluster;
        this.ready = attach.apply(target);
        this.restartsBefore = cluster.restarts(target.instance());
    }

    @Override
    public Instance instance() {
        return target.instance();
    }

    @Override
    public void kill(Duration into) {
        asked.incrementAndGet();
        boolean ended = fault.kills().orElseThrow().keptDown() && keepDown();
        try {
            Optional<HelperPod> life = ready();
            if (ended && life.isPresent()) {
                sent.add(new Sent(instance().handle(), life.get().pid(), into));
                life.get().close();
                return;
            }
            if (life.isEmpty()) {
                impossible = "its container was not running";
            }
            life.ifPresent(running -> send(running, into));
        } catch (InjectionException | ClusterException e) { // as where it is just ending: the next one is tried
            impossible = String.valueOf(e.getMessage());
        }
    }

    /**
     * A kubelet that has not heard of it when the container ends starts that once more, and its back-off counts two ends: so it
     * is given the time to end the container itself.
     *
     * @return whether it has
     */
    private boolean keepDown() {
        try {
            downFrom = System.nanoTime();
            KeptDown kept = cluster.keepDown(instance());
            down = kept;
            return kept.endsIt()
                    && Poll.every(LOOK)
                            .within(HEARD_WITHIN)
                            .until(
                                    "the kubelet ended a container that is kept down",
                                    gone -> gone,
                                    () -> running()
                                            .filter(now -> now.isSame(instance()))
                                            .isEmpty());
        } catch (ClusterException e) {
            throw new InjectionException(
                    Cause.MACHINE,
                    fault.describe() + ", pod " + instance().title() + " cannot be kept down: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void release() {
        KeptDown kept = down;
        down = null;
        downUntil = Math.min(downUntil, System.nanoTime());
        try {
            Optional.ofNullable(kept).ifPresent(KeptDown::close);
        } catch (ClusterException e) {
            throw new InjectionException(
                    Cause.FAILURE, "pod " + instance().title() + " is kept down still: " + e.getMessage(), e);
        }
    }

    private Optional<HelperPod> ready() {
        HelperPod first = ready;
        ready = null;
        return Optional.ofNullable(first)
                .or(() -> running().map(now -> attach.apply(new Target(now, target.seed(), target.probing()))));
    }

    private Optional<Instance> running() {
        return cluster.instances().stream()
                .filter(pod -> pod.uid().equals(instance().uid()))
                .findFirst();
    }

    private void send(HelperPod life, Duration into) {
        try {
            life.on();
            Reply stats = life.stats();
            if (stats.number("hit") > 0) {
                long took = stats.number("t_first_hit_ns") - stats.number("t_on_ns");
                sent.add(new Sent(life.instance().handle(), life.pid(), into.plusNanos(took)));
            } else {
                impossible = "its process had ended";
            }
        } finally {
            life.close();
        }
    }

    /** Whatever of a pod that is kept down ends meanwhile was to. */
    @Override
    public List<Handle> killed() {
        Stream<Handle> whileDown = cluster.ends().stream()
                .filter(end -> end.uid().equals(instance().uid()) && isWhileDown(end))
                .map(PodEnd::life);
        return Stream.concat(sent.stream().map(Sent::life), whileDown)
                .distinct()
                .toList();
    }

    private boolean isWhileDown(PodEnd end) {
        long within = end.within().toNanos();
        return end.atNanos() + within >= downFrom && end.atNanos() - within <= downUntil;
    }

    @Override
    public FaultResult witness() {
        return new KillWitness(asked.get(), List.copyOf(sent), cluster.ends(), impossible)
                .of(fault, instance(), restartsBefore, cluster.restarts(instance()));
    }

    @Override
    public void close() {
        HelperPod unused = ready;
        ready = null;
        if (unused != null) {
            unused.close();
        }
    }
}
