// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException;
import dev.chaosjunit.inject.InjectionException.Cause;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A fault, and how Chaos Mesh does its kind. */
record MeshFault<F extends Fault>(F fault, MeshKind<F> kind) {
    private static final List<MeshKind<?>> KINDS = List.of(
            new MeshNetworkDelay(),
            new MeshNetworkBandwidth(),
            new MeshNetworkReorder(),
            new MeshNetworkLoss(),
            new MeshNetworkDuplicate(),
            new MeshNetworkCorrupt(),
            new MeshNetworkPartition(),
            new MeshDnsChaos(),
            new MeshPodKill(),
            new MeshCpuStress(),
            new MeshMemoryStress());

    /**
     * Find it.
     *
     * @throws InjectionException where Chaos Mesh has nothing of the kind
     */
    static MeshFault<?> of(Fault fault) {
        return KINDS.stream()
                .<MeshFault<?>>flatMap(kind -> of(fault, kind).stream())
                .findFirst()
                .orElseThrow(() -> new InjectionException(
                        Cause.TEST,
                        fault.describe() + ": Chaos Mesh has nothing of the kind. chaos.engine=helper can."));
    }

    private static <F extends Fault> Optional<MeshFault<F>> of(Fault fault, MeshKind<F> kind) {
        return Optional.of(fault)
                .filter(kind.record()::isInstance)
                .map(one -> new MeshFault<>(kind.record().cast(one), kind));
    }

    Map<String, Object> fields() {
        return kind.fields(fault);
    }

    String caveat() {
        return kind.caveat(fault);
    }
}
