// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.MemoryStress;
import dev.chaosjunit.quantity.Size;
import java.util.Map;

/** Memory that is taken, as a StressChaos. */
final class MeshMemoryStress implements MeshKind<MemoryStress> {

    @Override
    public Class<MemoryStress> record() {
        return MemoryStress.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.STRESS;
    }

    @Override
    public String stem() {
        return "memory";
    }

    @Override
    public Map<String, Object> fields(MemoryStress fault) {
        if (fault.oom()) {
            throw Unsupported.element(fault, "oom", true, "StressChaos does not say who is killed");
        }
        Size size = fault.size()
                .bytes()
                .orElseThrow(() -> Unsupported.element(
                        fault, "size", fault.size(), "StressChaos takes percent of what is free, not of the limit"));
        return Map.of("stressors", Map.of("memory", Map.of("workers", 1, "size", size.toString())));
    }

    @Override
    public String caveat(MemoryStress fault) {
        return "";
    }
}
