// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.k3s;

import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of this JVM. A class has a node to itself, as names and cluster IPs are its own; when it is done, the next
 * class has it. Classes side by side have as many nodes. All end with the JVM.
 */
final class K3sNodes {
    private static final K3sNodes OF_THIS_JVM = new K3sNodes();

    private final Map<String, Deque<K3sNode>> idle = new HashMap<>();
    private final List<K3sNode> all = new ArrayList<>();
    private boolean swept;

    private K3sNodes() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "chaos-k3s-shutdown"));
    }

    static K3sNodes ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** A node of this image that nobody uses: one that is kept, or a new one. */
    K3sNode take(DockerEngine engine, String image, String architecture) {
        long start = System.nanoTime();
        sweep(engine);
        K3sNode kept = kept(image);
        if (kept != null) {
            kept.say(
                    "used again after " + Durations.format(Duration.ofMillis((System.nanoTime() - start) / 1_000_000)));
            return kept;
        }
        K3sNode node = K3sNode.start(engine, image, architecture);
        synchronized (this) {
            all.add(node);
        }
        return node;
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

    private synchronized void close() {
        all.forEach(K3sNode::close);
        all.clear();
    }
}
