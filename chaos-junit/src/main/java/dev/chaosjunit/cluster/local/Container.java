// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.PodContainer;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Probes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A container of a pod, through one life of its process after another. */
final class Container {
    private final Pod pod;
    private final ContainerSpec spec;
    private final boolean isInit;
    private final AtomicLong lives = new AtomicLong();
    private volatile @Nullable PodProcess process;

    /**
     * One of which nothing runs yet.
     *
     * @param isInit whether the pod waits for its end
     */
    Container(Pod pod, ContainerSpec spec, boolean isInit) {
        this.pod = pod;
        this.spec = spec;
        this.isInit = isInit;
    }

    Pod pod() {
        return pod;
    }

    ContainerSpec spec() {
        return spec;
    }

    /** The pod's name, and its own where the pod has several. */
    String title() {
        return isAlone() ? pod.title() : pod.title() + ", container " + spec.name();
    }

    /** Its name in front of what it prints and of how it ended; empty where no other can be meant. */
    String label() {
        return isAlone() ? "" : spec.name() + ": ";
    }

    private boolean isAlone() {
        return pod.workload().pod().allContainers().count() == 1;
    }

    /** Its present life, or its last one; absent before the first. */
    Optional<PodProcess> life() {
        return Optional.ofNullable(process);
    }

    /** Begin the next life. */
    void lives(PodProcess next) {
        lives.incrementAndGet();
        process = next;
    }

    /** As it is now, with how many lives came after the first. */
    PodContainer now() {
        Optional<Handle> running =
                life().filter(PodProcess::runs).map(present -> new Handle.LocalProcess(present.pid()));
        return new PodContainer(spec.name(), running, Math.max(0, lives.get() - 1));
    }

    boolean alive() {
        return life().filter(PodProcess::alive).isPresent();
    }

    boolean ready() {
        return life().filter(PodProcess::ready).isPresent();
    }

    /** The probes that it is asked now: until its startup probe has succeeded nothing else, and that no more then. */
    Stream<Probe> askedNow() {
        Probes probes = spec.probes();
        return probes.startup().isPresent()
                        && life().filter(PodProcess::hasStarted).isEmpty()
                ? probes.startup().stream()
                : Stream.of(probes.readiness(), probes.liveness()).flatMap(Optional::stream);
    }

    boolean ended() {
        return life().filter(last -> !last.alive()).isPresent();
    }

    /** Whether it did what it is for, and ended. */
    boolean isDone() {
        return ended() && life().orElseThrow().hasSucceeded() && (isInit || !pod.startsAgainAfter(true));
    }
}
