// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.manifest.ContainerPort;
import dev.chaosjunit.cluster.manifest.ContainerPort.Protocol;
import dev.chaosjunit.cluster.manifest.ContainerSpec;
import dev.chaosjunit.cluster.manifest.Probe;
import dev.chaosjunit.cluster.manifest.Probe.TcpSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Follows the readiness of a container through one life, as the kubelet does, and tells when it changes. */
final class ReadinessWatch implements AutoCloseable {

    /** One that starts is asked at short intervals: a test waits for it. */
    private static final Duration STARTING_PERIOD = Duration.ofMillis(20);

    /** The first packet over a link that just came up may be lost; it is sent again only after a second. */
    private static final Duration STARTING_CONNECT = Duration.ofMillis(100);

    private static final Duration LOOK_ALIVE = Duration.ofMillis(250);

    private final Container container;
    private final PodProcess process;
    private final String prober;
    private final Runnable changed;
    private final List<Probe> probes;
    private final Thread thread;
    private volatile String lastResult = "not asked yet";

    /**
     * Follow a life of a container.
     *
     * @param prober the address that it is asked from
     */
    ReadinessWatch(Container container, PodProcess process, String prober, Runnable changed) {
        this.container = container;
        this.process = process;
        this.prober = prober;
        this.changed = changed;
        this.probes = probes(container.spec());
        this.thread = new Thread(this::watch, "ready-" + container.pod().title());
        thread.setDaemon(true);
        thread.start();
    }

    /** What the pod answered last, such as {@code GET http://198.18.0.2:8080/readyz: 503}. */
    String lastResult() {
        return lastResult;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Without a probe a container is ready when its ports are open, and is not asked again. */
    private static List<Probe> probes(ContainerSpec container) {
        Optional<Probe> declared = container.probes().readiness();
        if (declared.isPresent()) {
            return List.of(declared.get());
        }
        return container.ports().stream()
                .filter(port -> port.protocol() == Protocol.TCP)
                .map(ContainerPort::number)
                .map(port -> new Probe(
                        new TcpSocket(port), Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), 1, 3))
                .toList();
    }

    private void watch() {
        try {
            if (process.awaitUp() && probes.isEmpty()) {
                Thread.sleep(LOOK_ALIVE.toMillis());
            }
            for (Probe probe : probes) {
                Thread.sleep(probe.initialDelay().toMillis());
                awaitRow(check(probe, STARTING_CONNECT), true, probe.successThreshold(), STARTING_PERIOD);
            }
            tell(true);
            Probe declared = container.spec().probes().readiness().orElse(null);
            while (declared != null) {
                boolean next = !process.ready();
                int row = next ? declared.successThreshold() : declared.failureThreshold();
                awaitRow(check(declared, declared.timeout()), next, row, declared.period());
                tell(next);
            }
        } catch (InterruptedException e) {
            // closed
        } catch (ClusterException e) {
            lastResult = Objects.requireNonNullElse(e.getMessage(), "");
        }
    }

    /** Ask until the same answer came so many times in a row. */
    private void awaitRow(ReadinessCheck check, boolean wanted, int row, Duration period) throws InterruptedException {
        for (int count = 0; count < row; ) {
            if (!process.alive()) {
                throw new InterruptedException("the container ended");
            }
            ReadinessCheck.Result result = check.ask();
            lastResult = result.text();
            count = result.good() == wanted ? count + 1 : 0;
            if (count < row) {
                Thread.sleep(period.toMillis());
            }
        }
    }

    private ReadinessCheck check(Probe probe, Duration connectTimeout) {
        return new ReadinessCheck(prober, container.pod().address(), probe.check(), connectTimeout, probe.timeout());
    }

    private void tell(boolean ready) {
        process.ready(ready);
        changed.run();
    }
}
