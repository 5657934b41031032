// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.Cut;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.result.FaultResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A fault by resources of Chaos Mesh: one for the pods that it chose, and one for each that came later. */
final class ChaosMeshFault implements ActiveFault {
    private final Fault fault;
    private final Function<Injection, OnPods> joining;
    private final List<OnPods> parts;
    private final List<OnPods> failed = new ArrayList<>();
    private boolean on;

    ChaosMeshFault(Fault fault, OnPods chosen, Function<Injection, OnPods> joining) {
        this.fault = fault;
        this.joining = joining;
        this.parts = new CopyOnWriteArrayList<>(List.of(chosen));
    }

    @Override
    public Fault fault() {
        return fault;
    }

    @Override
    public synchronized List<Instance> instances() {
        return parts.stream().flatMap(part -> part.instances().stream()).toList();
    }

    @Override
    public synchronized void on() {
        on = true;
        parts.forEach(OnPods::on);
    }

    /** It does not follow pods by itself. */
    @Override
    public synchronized boolean join(Injection later) {
        if (!on) {
            return false;
        }
        OnPods part = joining.apply(later);
        failed.add(part); // a resource of it may be left
        part.on();
        failed.remove(part);
        return parts.add(part);
    }

    /** Chaos Mesh leaves connections alone. */
    @Override
    public List<Cut> cuts() {
        return List.of();
    }

    @Override
    public synchronized List<Handle> killed() {
        return parts.stream().flatMap(part -> part.killed().stream()).toList();
    }

    @Override
    public synchronized void off() {
        on = false;
        InjectionException.forAll(parts, OnPods::off);
    }

    @Override
    public synchronized List<FaultResult> witnesses() {
        return parts.stream().flatMap(part -> part.witnesses().stream()).toList();
    }

    @Override
    public synchronized void close() {
        on = false;
        failed.addAll(parts);
        InjectionException.forAll(failed, OnPods::close);
    }
}
