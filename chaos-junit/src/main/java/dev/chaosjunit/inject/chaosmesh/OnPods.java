// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.PlannedKills;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.result.FaultResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fault on some of its pods; it is on while a resource of Chaos Mesh exists. */
final class OnPods {
    private final Fault fault;
    private final Supplier<ChaosResource> plan;
    private final RunPods pods;
    private final Duration limit;
    private List<Instance> hit = List.of();
    private List<Handle> killed = List.of();
    private @Nullable ChaosResource resource;
    private @Nullable ChaosStatus last;

    OnPods(Fault fault, Supplier<ChaosResource> plan, RunPods pods, Duration limit) {
        this.fault = fault;
        this.plan = plan;
        this.pods = pods;
        this.limit = limit;
    }

    /** Which those are is known once it is on, because Chaos Mesh chooses; it does not choose again. */
    List<Instance> instances() {
        return hit;
    }

    /** Returns when Chaos Mesh says that all pods are under the fault. */
    void on() {
        ChaosResource made = plan.get();
        List<Instance> before = pods.running().get();
        Map<Instance, List<Handle>> lives = fault.kills()
                .map(kills -> before.stream().collect(Collectors.toMap(pod -> pod, pod -> lives(pod, kills))))
                .orElse(Map.of());
        resource = made; // before it exists: a request that seems to fail may still have made it
        try {
            made.create();
            awaitInjected(made, before);
            killed = hit.stream()
                    .flatMap(pod -> lives.getOrDefault(pod, List.of()).stream())
                    .toList();
        } catch (InjectionException e) {
            abandon(e);
            throw e;
        }
    }

    /** Those of the containers that it is for: of all, unless some are named. */
    private List<Handle> lives(Instance pod, PlannedKills kills) {
        return pods.containers().apply(pod).stream()
                .filter(one ->
                        kills.containers().isEmpty() || kills.containers().contains(one.name()))
                .flatMap(one -> one.life().stream())
                .toList();
    }

    /** What ended by it, where it kills. */
    List<Handle> killed() {
        return killed;
    }

    private void awaitInjected(ChaosResource made, List<Instance> before) {
        if (!await(made, status -> status.map(ChaosStatus::allInjected).orElse(false))) {
            throw new InjectionException(
                    Cause.FAILURE,
                    describe(made) + " did not get onto all pods within " + Durations.format(limit) + ": "
                            + made.diagnose());
        }
        ChaosStatus status = made.status().orElseThrow(() -> vanished(made));
        last = status;
        List<Instance> there =
                fault.kills().isPresent() ? before : pods.running().get(); // who was killed is gone by now
        hit = there.stream()
                .filter(pod ->
                        status.pods().stream().anyMatch(record -> record.pod().equals(pod.name())))
                .toList();
    }

    private void abandon(InjectionException because) {
        try {
            end();
        } catch (InjectionException e) {
            because.addSuppressed(e);
        }
    }

    /** Returns when Chaos Mesh says that all pods are themselves again. */
    void off() {
        ChaosResource made = resource;
        if (made == null) {
            return;
        }
        try {
            last = made.status().orElseThrow(() -> vanished(made));
        } catch (InjectionException e) {
            abandon(e);
            throw e;
        }
        end();
    }

    private void end() {
        ChaosResource made = resource;
        if (made == null) {
            return;
        }
        made.delete();
        resource = null; // from here on, it is for Chaos Mesh to do
        if (!await(made, status -> status.map(ChaosStatus::allRecovered).orElse(true))) {
            throw new InjectionException(
                    Cause.FAILURE,
                    describe(made) + " is deleted, but was not lifted within " + Durations.format(limit) + ": "
                            + made.diagnose());
        }
    }

    /** An interrupt is kept for whoever waits next; the resource is being deleted, or will be. */
    private boolean await(ChaosResource made, Predicate<Optional<ChaosStatus>> state) {
        try {
            return made.await(state, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InjectionException(Cause.FAILURE, describe(made) + ": interrupted while waiting", e);
        }
    }

    List<FaultResult> witnesses() {
        ChaosResource made = resource;
        Optional<ChaosStatus> now = made == null ? Optional.empty() : made.status();
        return ChaosWitness.of(fault, now.orElse(last));
    }

    /** Lift it, if it is on or may be. */
    void close() {
        end();
    }

    private InjectionException vanished(ChaosResource made) {
        return new InjectionException(Cause.FAILURE, describe(made) + " was deleted by somebody else before its time");
    }

    private String describe(ChaosResource made) {
        return fault.describe() + ": " + made;
    }
}
