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

/** Kills of pods, each when it is due; this JVM asks for each of them, so that none comes once it has ended. */
final class KillFault implements ActiveFault {
    private final Fault fault;
    private final PlannedKills planned;
    private final Clock clock;
    private final Timer timer;
    private final List<Victim> pods;
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
        this.pods =
                InjectionException.allOrNone(injection.targets(), pod -> victim(pod, attach, cluster), Victim::close);
        this.timer = clock.timer("chaos-kills");
    }

    private Victim victim(Target pod, Function<Target, HelperPod> attach, Cluster cluster) {
        return planned.deletion()
                .<Victim>map(grace -> new DeletedPod(fault, pod.instance(), grace, cluster))
                .orElseGet(() -> new KilledContainer(fault, pod, attach, cluster));
    }

    @Override
    public Fault fault() {
        return fault;
    }

    @Override
    public List<Instance> instances() {
        return pods.stream().map(Victim::instance).toList();
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
        pods.forEach(pod -> pod.kill(into));
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
        InjectionException.forAll(pods, Victim::release);
    }

    @Override
    public List<FaultResult> witnesses() {
        return pods.stream().map(Victim::witness).toList();
    }

    @Override
    public List<Handle> killed() {
        return pods.stream().flatMap(pod -> pod.killed().stream()).toList();
    }

    @Override
    public void close() {
        InjectionException.forAll(
                List.<Runnable>of(this::off, () -> InjectionException.forAll(pods, Victim::close)), Runnable::run);
    }
}
