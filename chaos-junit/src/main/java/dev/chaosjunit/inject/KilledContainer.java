// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.KeptDown;
import dev.chaosjunit.cluster.PodContainer;
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

/** A container of a pod that is killed: the life that it has when that is asked for, if it has one. */
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
    private final String container;
    private final Function<Target, HelperPod> attach;
    private final Cluster cluster;
    private final Handle life;
    private final long restartsBefore;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private @Nullable HelperPod ready;
    private @Nullable KeptDown down;
    private volatile long downFrom = Long.MAX_VALUE;
    private volatile long downUntil = Long.MAX_VALUE;
    private final AtomicLong asked = new AtomicLong();
    private volatile String impossible = "";

    /** The first kill is made ready at once, so that what cannot be done is known before anything is. */
    KilledContainer(Fault fault, Target target, String container, Function<Target, HelperPod> attach, Cluster cluster) {
        this.fault = fault;
        this.target = target;
        this.container = container;
        this.attach = attach;
        this.cluster = cluster;
        this.life = running().orElseThrow(() -> new InjectionException(Cause.FAILURE, describe() + " does not run"));
        this.ready = attach(life);
        this.restartsBefore = restarts();
    }

    private String describe() {
        return fault.describe() + ", pod " + instance().title() + ": its container " + container;
    }

    private HelperPod attach(Handle process) {
        return attach.apply(new Target(instance().by(process), target.seed(), target.probing()));
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
            Optional<HelperPod> now = ready();
            if (ended && now.isPresent()) {
                sent.add(new Sent(now.get().life(), now.get().pid(), into));
                now.get().close();
                return;
            }
            if (now.isEmpty()) {
                impossible = "its container was not running";
            }
            now.ifPresent(running -> send(running, into));
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
            KeptDown kept = cluster.keepDown(instance(), container);
            down = kept;
            return kept.endsIt()
                    && Poll.every(LOOK)
                            .within(HEARD_WITHIN)
                            .until(
                                    "the kubelet ended a container that is kept down",
                                    gone -> gone,
                                    () -> running().filter(life::equals).isEmpty());
        } catch (ClusterException e) {
            throw new InjectionException(Cause.MACHINE, describe() + " cannot be kept down: " + e.getMessage(), e);
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
            throw new InjectionException(Cause.FAILURE, describe() + " is kept down still: " + e.getMessage(), e);
        }
    }

    private Optional<HelperPod> ready() {
        HelperPod first = ready;
        ready = null;
        return Optional.ofNullable(first).or(() -> running().map(this::attach));
    }

    private Optional<Handle> running() {
        return now().flatMap(PodContainer::life);
    }

    private long restarts() {
        return now().map(PodContainer::restarts).orElse(0L);
    }

    private Optional<PodContainer> now() {
        return cluster.containers(instance()).stream()
                .filter(one -> one.name().equals(container))
                .findFirst();
    }

    private void send(HelperPod running, Duration into) {
        try {
            running.on();
            Reply stats = running.stats();
            if (stats.number("hit") > 0) {
                long took = stats.number("t_first_hit_ns") - stats.number("t_on_ns");
                sent.add(new Sent(running.life(), running.pid(), into.plusNanos(took)));
            } else {
                impossible = "its process had ended";
            }
        } finally {
            running.close();
        }
    }

    /** Whatever of a container that is kept down ends meanwhile was to. */
    @Override
    public List<Handle> killed() {
        Stream<Handle> whileDown = cluster.ends().stream()
                .filter(end ->
                        end.uid().equals(instance().uid()) && end.container().equals(container) && isWhileDown(end))
                .map(PodEnd::life);
        return Stream.concat(sent.stream().map(Sent::life), whileDown)
                .distinct()
                .toList();
    }

    private boolean isWhileDown(PodEnd end) {
        long within = end.within().toNanos();
        return end.atNanos() + within >= downFrom && end.atNanos() - within <= downUntil;
    }

    /** Where the test says which it is, the report does, too. */
    private String named() {
        return fault.kills().orElseThrow().containers().isEmpty() ? "" : container;
    }

    @Override
    public FaultResult witness() {
        return new KillWitness(asked.get(), List.copyOf(sent), cluster.ends(), impossible)
                .of(fault, instance(), named(), restartsBefore, restarts());
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
