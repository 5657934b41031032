// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** What is done to pods of all nodes at once, one after the other on each: no node waits for one that does not answer. */
final class NodeByNode {
    private NodeByNode() {}

    /** Do it to all, even where it fails for one, as {@link InjectionException#forAll}. */
    static void forAll(Collection<HelperPod> pods, Consumer<HelperPod> action) {
        Map<Helper, List<HelperPod>> nodes = new LinkedHashMap<>();
        pods.forEach(pod ->
                nodes.computeIfAbsent(pod.helper(), unused -> new ArrayList<>()).add(pod));
        if (nodes.size() <= 1) {
            InjectionException.forAll(pods, action);
            return;
        }
        List<CompletableFuture<Void>> all = nodes.values().stream()
                .map(node -> aside(() -> InjectionException.forAll(node, action)))
                .toList();
        InjectionException.forAll(all, NodeByNode::await);
    }

    private static CompletableFuture<Void> aside(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "chaos-node").start());
    }

    /** Not to be interrupted: what a fault left would be nobody's. */
    private static void await(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
