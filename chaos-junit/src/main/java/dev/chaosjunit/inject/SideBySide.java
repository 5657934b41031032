// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The same for several at once, each on a thread of its own. */
public final class SideBySide {
    private SideBySide() {}

    /** Do it to all, even where it fails for one, as {@link InjectionException#forAll}; returns when all are done. */
    public static <T> void forAll(Collection<T> all, Consumer<T> action) {
        List<CompletableFuture<Void>> begun =
                all.stream().map(one -> aside(() -> action.accept(one))).toList();
        CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                .exceptionally(failed -> null)
                .join();
        InjectionException.forAll(begun, SideBySide::await);
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
