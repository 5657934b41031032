// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

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

                @Override
                public Cluster cluster() {
                    return cluster;
                }
            };
        }

        /** Start the helper of a node. */
        Helper start(String node) throws HelperException;

        /** The control socket of what holds the seccomp listeners of a node's pods, as its helper sees it. */
        default Optional<String> keeper(String node) {
            return Optional.empty();
        }

        /** Whose pods these are, for faults that have to know what becomes of them. */
        default Cluster cluster() {
            throw new UnsupportedOperationException("of no cluster");
        }
    }

    private final Helpers source;
    private final Clock clock;
    private final NodeHelpers helpers;
    private final AtomicInteger attached = new AtomicInteger();

    public HelperInjector(Helpers source) {
        this(source, Clock.SYSTEM);
    }

    HelperInjector(Helpers source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.helpers = new NodeHelpers(source);
    }

    /**
     * Start the helpers of nodes ahead of their first faults, side by side.
     *
     * @throws HelperException of one that does not start
     */
    public void start(Collection<String> nodes) throws HelperException {
        helpers.start(nodes);
    }

    @Override
    public List<ActiveFault> attach(List<Injection> injections) {
        return allOrNone(injections, this::fault, ActiveFault::close);
    }

    private ActiveFault fault(Injection injection) {
        return injection.fault().kills().isPresent()
                ? new KillFault(injection, pod -> attach(injection, pod), source.cluster(), clock)
                : new HelperFault(injection, this::attach);
    }

    @Override
    public CompletableFuture<Supplier<String>> lost() {
        return helpers.lost();
    }

    @Override
    public void close() {
        helpers.close();
    }

    private List<HelperPod> attach(Injection injection) {
        return allOrNone(injection.targets(), target -> attach(injection, target), HelperPod::close);
    }

    private static <T, R> List<R> allOrNone(List<T> wanted, Function<T, R> make, Consumer<R> undo) {
        List<R> done = new ArrayList<>();
        try {
            wanted.forEach(one -> done.add(make.apply(one)));
        } catch (RuntimeException e) {
            try {
                InjectionException.forAll(done, undo);
            } catch (InjectionException more) {
                e.addSuppressed(more);
            }
            throw e;
        }
        return List.copyOf(done);
    }

    private HelperPod attach(Injection injection, Target target) {
        String id = "f" + attached.incrementAndGet();
        try {
            String node = target.instance().handle().node();
            Helper helper = helpers.on(node);
            Reply attached = helper.request(AttachRequest.of(id, injection, target, new Place(source.keeper(node))));
            return new HelperPod(helper, id, injection, target, attached);
        } catch (HelperException e) {
            Cause cause = switch (e.code()) {
                case "unsupported", "denied" -> Cause.MACHINE;
                case "bad_request", "no_keeper", "no_listener", "narrow_listener" -> Cause.TEST;
                default -> Cause.FAILURE;
            };
            String why = HelperAdvice.after(String.valueOf(e.getMessage()), e.code(), target.instance());
            throw new InjectionException(
                    cause, injection.describe(target) + " cannot be injected: " + why, e.getCause());
        }
    }
}
