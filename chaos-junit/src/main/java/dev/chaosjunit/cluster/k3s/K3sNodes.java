// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of this JVM. A class has a cluster to itself, of one node or several, as names and cluster IPs are its own;
 * when it is done, the next class has it. Classes side by side have as many. All end with the JVM.
 */
final class K3sNodes {
    private static final K3sNodes OF_THIS_JVM = new K3sNodes();
    private static final Duration LAST_START = Duration.ofSeconds(20);

    private final Map<K3sSettings, Deque<K3sCluster>> idle = new HashMap<>();
    private final List<K3sCluster> all = new ArrayList<>();
    private final Set<NodeContainer> starting = new LinkedHashSet<>();
    private boolean swept;
    private boolean closed;

    private K3sNodes() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "chaos-k3s-shutdown"));
    }

    static K3sNodes ofThisJvm() {
        return OF_THIS_JVM;
    }

    /**
     * Nodes of these settings that nobody uses: those that are kept, or new ones.
     *
     * @throws RuntimeUnavailableException when the engine does not let us
     */
    K3sCluster take(DockerEngine engine, K3sSettings settings, String architecture) {
        long start = System.nanoTime();
        sweep(engine);
        K3sCluster kept = kept(settings);
        if (kept != null) {
            kept.say(
                    "used again after " + Durations.format(Duration.ofMillis((System.nanoTime() - start) / 1_000_000)));
            return kept;
        }
        return start(engine, settings, architecture);
    }

    /** Known before they are started, so that a JVM that ends meanwhile takes them along. */
    private K3sCluster start(DockerEngine engine, K3sSettings settings, String architecture) {
        List<NodeContainer> containers = PreparedNodes.of(engine, settings, architecture);
        begin(containers);
        try {
            K3sCluster cluster = K3sCluster.start(containers);
            keep(cluster);
            return cluster;
        } finally {
            end(containers);
        }
    }

    private synchronized void begin(List<NodeContainer> containers) {
        if (closed) {
            throw new RuntimeUnavailableException("no node is started any more: this JVM ends");
        }
        starting.addAll(containers);
    }

    private synchronized void keep(K3sCluster cluster) {
        all.add(cluster);
    }

    private synchronized void end(List<NodeContainer> containers) {
        containers.forEach(starting::remove);
        notifyAll();
    }

    private synchronized void sweep(DockerEngine engine) {
        if (!swept) {
            swept = true;
            new Leftovers(engine.api()).remove();
        }
    }

    private synchronized @Nullable K3sCluster kept(K3sSettings settings) {
        Deque<K3sCluster> clusters = idle.getOrDefault(settings, new ArrayDeque<>());
        while (!clusters.isEmpty()) {
            K3sCluster cluster = clusters.pop();
            if (cluster.isRunning()) {
                return cluster;
            }
            all.remove(cluster);
            cluster.close();
        }
        return null;
    }

    /** Give nodes back, with nothing of the class left on them. */
    synchronized void giveBack(K3sSettings settings, K3sCluster cluster) {
        idle.computeIfAbsent(settings, unused -> new ArrayDeque<>()).push(cluster);
    }

    /** Stop nodes that are just starting as soon as they are there: their start fails then, and ends. */
    private synchronized void close() {
        closed = true;
        long deadline = System.nanoTime() + LAST_START.toNanos();
        while (!starting.isEmpty() && System.nanoTime() < deadline) {
            starting.stream().filter(NodeContainer::isCreated).forEach(NodeContainer::stop);
            try {
                TimeUnit.MILLISECONDS.timedWait(this, 100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        all.forEach(K3sNodes::stop);
        all.clear();
    }

    /** One that cannot be stopped must not keep the others running. */
    private static void stop(K3sCluster cluster) {
        try {
            cluster.close();
        } catch (RuntimeException e) {
            System.getLogger(K3sNodes.class.getName())
                    .log(System.Logger.Level.WARNING, "nodes cannot be stopped: {0}", e.getMessage());
        }
    }
}
