// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Probe.TcpSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Follows the readiness of a container that has started, through one life, and tells when it changes. */
final class ReadinessWatch {

    private static final Duration LOOK_ALIVE = Duration.ofMillis(250);

    private final PodProcess life;
    private final Runnable changed;
    private final boolean isDeclared;
    private final List<ProbeLoop> loops;
    private volatile Optional<ProbeLoop> asked = Optional.empty();

    /**
     * Prepare it.
     *
     * @param ask how a probe is asked
     */
    ReadinessWatch(ContainerSpec container, PodProcess life, Function<Probe, ProbeLoop> ask, Runnable changed) {
        this.life = life;
        this.changed = changed;
        isDeclared = container.probes().readiness().isPresent();
        loops = container.probes().readiness().map(List::of).orElseGet(() -> open(container.ports())).stream()
                .map(ask)
                .toList();
    }

    /** Without a probe a container is ready when its ports are open, and is not asked again. */
    private static List<Probe> open(List<ContainerPort> ports) {
        return ports.stream()
                .filter(port -> port.protocol() == Protocol.TCP)
                .map(ContainerPort::number)
                .map(port -> new Probe(
                        new TcpSocket(port), Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3))
                .toList();
    }

    String lastAnswer() {
        return asked.map(ProbeLoop::lastAnswer).orElse("not asked yet");
    }

    /** Follow it until it ends, which interrupts. */
    void run() throws InterruptedException {
        if (loops.isEmpty()) {
            Thread.sleep(LOOK_ALIVE.toMillis());
        }
        for (ProbeLoop loop : loops) {
            asked = Optional.of(loop);
            life.awaitAge(loop.probe().initialDelay());
            loop.awaitStart(loop.probe().successThreshold());
        }
        tell(true);
        while (isDeclared) {
            ProbeLoop loop = loops.get(0);
            boolean next = !life.ready();
            loop.await(
                    next, next ? loop.probe().successThreshold() : loop.probe().failureThreshold());
            tell(next);
        }
    }

    private void tell(boolean ready) {
        life.ready(ready);
        changed.run();
    }
}
