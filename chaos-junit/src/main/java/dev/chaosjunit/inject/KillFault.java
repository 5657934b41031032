// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.clock.Timer;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.PlannedKills;
import dev.chaosjunit.result.FaultResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Kills of pods, each when it is due; this JVM asks for each of them, so that none comes once it has ended. */
final class KillFault implements ActiveFault {
    private final Fault fault;
    private final PlannedKills planned;
    private final Clock clock;
    private final Timer timer;
    private final List<Victim> victims;
    private long begun;
    private boolean on;

    /**
     * What is ready for its first kill.
     *
     * @param attach what makes a kill of a process ready
     */
    KillFault(Injection injection, Function<Target, HelperPod> attach, Cluster cluster, Clock clock) {
        this.fault = injection.fault();
        this.planned = fault.kills().orElseThrow();
        this.clock = clock;
        List<Supplier<Victim>> victims = injection.targets().stream()
                .flatMap(pod -> victims(pod, attach, cluster))
                .toList();
        this.victims = InjectionException.allOrNone(victims, Supplier::get, Victim::close);
        this.timer = clock.timer("chaos-kills");
    }

    private Stream<Supplier<Victim>> victims(Target pod, Function<Target, HelperPod> attach, Cluster cluster) {
        return planned.deletion()
                .map(grace -> Stream.<Supplier<Victim>>of(() -> new DeletedPod(fault, pod.instance(), grace, cluster)))
                .orElseGet(() -> NamedContainers.of(fault, pod.instance(), cluster).stream()
                        .map(container -> () -> new KilledContainer(fault, pod, container, attach, cluster)));
    }

    @Override
    public Fault fault() {
        return fault;
    }

    @Override
    public List<Instance> instances() {
        return victims.stream().map(Victim::instance).distinct().toList();
    }

    @Override
    public synchronized void on() {
        on = true;
        begun = clock.nanoTime();
        kill(0);
    }

    private synchronized void kill(long number) {
        if (!on) {
            return;
        }
        Duration into = since(begun);
        victims.forEach(victim -> victim.kill(into));
        long next = number + 1;
        planned.due(next).ifPresent(due -> timer.after(notBelowZero(due.minus(since(begun))), () -> kill(next)));
    }

    private Duration since(long moment) {
        return Duration.ofNanos(clock.nanoTime() - moment);
    }

    private static Duration notBelowZero(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Nothing follows a pod: the next kill looks for what runs then. */
    @Override
    public boolean join(Injection later) {
        return false;
    }

    @Override
    public List<Cut> cuts() {
        return List.of();
    }

    @Override
    public synchronized void off() {
        on = false;
        timer.close();
        InjectionException.forAll(victims, Victim::release);
    }

    @Override
    public List<FaultResult> witnesses() {
        return victims.stream().map(Victim::witness).toList();
    }

    @Override
    public List<Handle> killed() {
        return victims.stream().flatMap(victim -> victim.killed().stream()).toList();
    }

    @Override
    public void close() {
        InjectionException.forAll(
                List.<Runnable>of(this::off, () -> InjectionException.forAll(victims, Victim::close)), Runnable::run);
    }
}
