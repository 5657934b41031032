// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Attaches faults through native helpers, one on each node that has a pod to hit. */
public final class HelperInjector implements Injector {

    /** Where helpers come from. */
    @FunctionalInterface
    public interface Helpers {

        /** Those of a cluster's nodes. */
        static Helpers of(Cluster cluster) {
            return new Helpers() {
                @Override
                public Helper start(String node) throws HelperException {
                    return cluster.startHelper(node);
                }

                @Override
                public Optional<String> keeper(String node) {
                    return cluster.keeper(node);
                }
            };
        }

        /** Start the helper of a node. */
        Helper start(String node) throws HelperException;

        /** The control socket of what holds the seccomp listeners of a node's pods, as its helper sees it. */
        default Optional<String> keeper(String node) {
            return Optional.empty();
        }
    }

    private final Helpers source;
    private final Map<String, Helper> helpers = new HashMap<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final AtomicInteger attached = new AtomicInteger();

    public HelperInjector(Helpers source) {
        this.source = source;
    }

    /** Start a node's helper ahead of its first fault, unless it is there. */
    public synchronized Helper helper(String node) throws HelperException {
        Helper helper = helpers.get(node);
        if (helper == null) {
            Helper started = source.start(node);
            helpers.put(node, started);
            started.onDeath(() -> lost.complete("the agent ended: " + started.describe()));
            return started;
        }
        return helper;
    }

    @Override
    public List<ActiveFault> attach(List<Injection> injections) {
        List<ActiveFault> done = new ArrayList<>();
        try {
            injections.forEach(injection -> done.add(attach(injection)));
        } catch (RuntimeException e) {
            detach(done, e);
            throw e;
        }
        return List.copyOf(done);
    }

    @Override
    public CompletableFuture<String> lost() {
        return lost;
    }

    @Override
    public synchronized void close() {
        helpers.values().forEach(Helper::close);
        helpers.clear();
    }

    private static void detach(List<ActiveFault> done, RuntimeException because) {
        try {
            ActiveFault.closeAll(done);
        } catch (InjectionException e) {
            because.addSuppressed(e);
        }
    }

    private ActiveFault attach(Injection injection) {
        String id = "f" + attached.incrementAndGet();
        try {
            String node = injection.instance().handle().node();
            Helper helper = helper(node);
            Reply attached = helper.request(AttachRequest.of(id, injection, source.keeper(node)));
            return new HelperFault(helper, id, injection, attached);
        } catch (HelperException e) {
            Cause cause = switch (e.code()) {
                case "unsupported", "denied" -> Cause.MACHINE;
                case "bad_request" -> Cause.TEST;
                default -> Cause.FAILURE;
            };
            throw new InjectionException(
                    cause, injection.describe() + " cannot be injected: " + e.getMessage(), e.getCause());
        }
    }
}
