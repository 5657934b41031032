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
 * The nodes of this JVM. A class has a node to itself, as names and cluster IPs are its own; when it is done, the next
 * class has it. Classes side by side have as many nodes. All end with the JVM.
 */
final class K3sNodes {
    private static final K3sNodes OF_THIS_JVM = new K3sNodes();
    private static final Duration LAST_START = Duration.ofSeconds(20);

    private final Map<String, Deque<K3sNode>> idle = new HashMap<>();
    private final List<K3sNode> all = new ArrayList<>();
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
     * A node of this image that nobody uses: one that is kept, or a new one.
     *
     * @throws RuntimeUnavailableException when the engine does not let us
     */
    K3sNode take(DockerEngine engine, String image, String architecture) {
        long start = System.nanoTime();
        sweep(engine);
        K3sNode kept = kept(image);
        if (kept != null) {
            kept.say(
                    "used again after " + Durations.format(Duration.ofMillis((System.nanoTime() - start) / 1_000_000)));
            return kept;
        }
        return start(engine, image, architecture);
    }

    /** Known before it is started, so that a JVM that ends meanwhile takes it along. */
    private K3sNode start(DockerEngine engine, String image, String architecture) {
        NodeContainer container = K3sNode.prepare(engine, image, architecture);
        begin(container);
        try {
            K3sNode node = K3sNode.start(container);
            keep(node);
            return node;
        } finally {
            end(container);
        }
    }

    private synchronized void begin(NodeContainer container) {
        if (closed) {
            throw new RuntimeUnavailableException("no node is started any more: this JVM ends");
        }
        starting.add(container);
    }

    private synchronized void keep(K3sNode node) {
        all.add(node);
    }

    private synchronized void end(NodeContainer container) {
        starting.remove(container);
        notifyAll();
    }

    private synchronized void sweep(DockerEngine engine) {
        if (!swept) {
            swept = true;
            new Leftovers(engine.api()).remove();
        }
    }

    private synchronized @Nullable K3sNode kept(String image) {
        Deque<K3sNode> nodes = idle.getOrDefault(image, new ArrayDeque<>());
        while (!nodes.isEmpty()) {
            K3sNode node = nodes.pop();
            if (node.isRunning()) {
                return node;
            }
            all.remove(node);
            node.close();
        }
        return null;
    }

    /** Give a node back, with nothing of the class left on it. */
    synchronized void giveBack(String image, K3sNode node) {
        idle.computeIfAbsent(image, unused -> new ArrayDeque<>()).push(node);
    }

    /** Stop a node that is just starting as soon as it is there: its start fails then, and ends. */
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
    private static void stop(K3sNode node) {
        try {
            node.close();
        } catch (RuntimeException e) {
            System.getLogger(K3sNodes.class.getName())
                    .log(System.Logger.Level.WARNING, "a node cannot be stopped: {0}", e.getMessage());
        }
    }
}
