// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A helper elsewhere. That its connection has ended is all that is seen of its death; why, whoever runs it tells. */
public final class RemoteHelper implements Helper {
    /** A k3s node is given 2 s to end after what runs in it: a quicker answer would blame the agent for the node. */
    private static final Duration TOLD_WITHIN = Duration.ofMillis(2500);

    private static final String UNTOLD = "whoever runs it does not say why";

    private final Helper helper;
    private volatile @Nullable CompletableFuture<String> told;

    /**
     * Take a helper.
     *
     * @param why asked once, when it has died, on a thread of its own
     */
    public RemoteHelper(Helper helper, Supplier<String> why) {
        this.helper = helper;
        helper.onDeath(() -> told = ask(why)); // before whoever asks then
    }

    @Override
    public Reply request(Request request) throws HelperException {
        return helper.request(request);
    }

    @Override
    public void onDeath(Runnable action) {
        helper.onDeath(action);
    }

    @Override
    public String describe() {
        return helper.describe() + (told == null ? "" : ": " + why());
    }

    private static CompletableFuture<String> ask(Supplier<String> why) {
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread asking = new Thread(() -> told.complete(why.get()), "chaos-agent-obituary");
        asking.setDaemon(true);
        asking.start();
        return told.completeOnTimeout(UNTOLD, TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why it died, or that nobody says so within a moment of its death. */
    public String why() {
        CompletableFuture<String> asked = told;
        return asked == null ? UNTOLD : asked.join();
    }

    @Override
    public void close() {
        helper.close();
    }
}
