// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.kubernetes;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A helper elsewhere. That its connection has ended is all that is seen of its death; why, whoever runs it tells. */
public final class RemoteHelper implements Helper {
    private static final Duration TOLD_WITHIN = Duration.ofMillis(700);

    private final Helper helper;
    private final Supplier<String> why;
    private volatile boolean dead;

    /**
     * Take a helper.
     *
     * @param why asked once it has died, on a thread of its own
     */
    public RemoteHelper(Helper helper, Supplier<String> why) {
        this.helper = helper;
        this.why = why;
        helper.onDeath(() -> dead = true); // before whoever asks then
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
        return helper.describe() + (dead ? ": " + why() : "");
    }

    /** Why it died, or that nobody says so within a moment. */
    public String why() {
        CompletableFuture<String> told = new CompletableFuture<>();
        Thread asking = new Thread(() -> told.complete(why.get()), "chaos-agent-obituary");
        asking.setDaemon(true);
        asking.start();
        try {
            return told.get(TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return "whoever runs it does not say why";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() {
        helper.close();
    }
}
