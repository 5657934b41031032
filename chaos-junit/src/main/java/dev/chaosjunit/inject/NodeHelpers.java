// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.inject.HelperInjector.Helpers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The helpers of nodes, one on each. Thread safe. */
final class NodeHelpers implements AutoCloseable {
    private final Helpers source;
    private final Map<String, Object> nodes = new ConcurrentHashMap<>();
    private final Map<String, Helper> started = new ConcurrentHashMap<>();
    private final CompletableFuture<Supplier<String>> lost = new CompletableFuture<>();

    NodeHelpers(Helpers source) {
        this.source = source;
    }

    /**
     * Start those of nodes, side by side.
     *
     * @throws HelperException of one that does not start, once the others have, or have not either
     */
    void start(Collection<String> wanted) throws HelperException {
        List<CompletableFuture<Void>> starts =
                wanted.stream().distinct().map(this::startAside).toList();
        CompletableFuture<?> all = CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new));
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HelperException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private CompletableFuture<Void> startAside(String node) {
        CompletableFuture<Void> start = new CompletableFuture<>();
        Runnable task = () -> {
            try {
                var unused = on(node);
                start.complete(null);
            } catch (HelperException | RuntimeException | Error e) {
                start.completeExceptionally(e);
            }
        };
        new Thread(task, "chaos-helper-start").start();
        return start;
    }

    /** That of a node, started unless it is there. */
    Helper on(String node) throws HelperException {
        synchronized (nodes.computeIfAbsent(node, unused -> new Object())) {
            Helper there = started.get(node);
            if (there != null) {
                return there;
            }
            Helper helper = source.start(node);
            started.put(node, helper);
            helper.onDeath(() -> lost.complete(() -> "the agent ended, and its faults with it: " + helper.describe()));
            return helper;
        }
    }

    /** Completes when one of them dies, with what says which, and why. */
    CompletableFuture<Supplier<String>> lost() {
        return lost;
    }

    @Override
    public void close() {
        started.values().forEach(Helper::close);
        started.clear();
    }
}
