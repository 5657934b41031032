// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.clock.Clock;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.fault.Place;
import dev.chaosjunit.fault.Unit;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Attaches faults through native helpers, one on each node that has a pod to hit. */
public final class HelperInjector implements Injector {

    /** Where the helpers of nodes come from. */
    @FunctionalInterface
    public interface Helpers {

        /** Start the helper of a node. */
        Helper start(String node) throws HelperException;
    }

    private final Cluster cluster;
    private final Clock clock;
    private final NodeHelpers helpers;
    private final AtomicInteger ids = new AtomicInteger();

    /** For the pods of a cluster, by its own helpers. */
    public HelperInjector(Cluster cluster) {
        this(cluster, cluster::startHelper);
    }

    /** For the pods of a cluster, by others. */
    public HelperInjector(Cluster cluster, Helpers source) {
        this(cluster, source, Clock.SYSTEM);
    }

    HelperInjector(Cluster cluster, Helpers source, Clock clock) {
        this.cluster = cluster;
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
        return InjectionException.allOrNone(injections, this::fault, ActiveFault::close);
    }

    private ActiveFault fault(Injection injection) {
        return injection.fault().unit() == Unit.KILL
                ? new KillFault(injection, pod -> attach(injection, wanted(pod)), cluster, clock)
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
        List<WantedPod> wanted = injection.targets().stream().map(this::wanted).toList();
        return NodeByNode.allOrNone(wanted, pod -> attach(injection, pod));
    }

    private WantedPod wanted(Target target) {
        return new WantedPod("f" + ids.incrementAndGet(), target);
    }

    private HelperPod attach(Injection injection, WantedPod pod) {
        Target target = pod.target();
        try {
            Helper helper = helpers.on(pod.node());
            Place place = new Place(cluster.keeper(pod.node()));
            Reply attached = helper.request(AttachRequest.of(pod.id(), injection, target, place));
            return new HelperPod(helper, pod.id(), injection, target, attached);
        } catch (HelperException e) {
            Cause cause = switch (e.code()) {
                case "unsupported", "denied" -> Cause.MACHINE;
                case "bad_request", "no_keeper", "no_listener", "narrow_listener", "no_limit", "over_limit" ->
                    Cause.TEST;
                default -> Cause.FAILURE;
            };
            String why = HelperAdvice.after(String.valueOf(e.getMessage()), e.code(), target.instance());
            throw new InjectionException(
                    cause, injection.describe(target) + " cannot be injected: " + why, e.getCause());
        }
    }
}
