// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.CpuStress;
import dev.chaosjunit.fault.LoadOf;
import java.util.Map;

/** Processors that are kept busy, as a StressChaos. */
final class MeshCpuStress implements MeshKind<CpuStress> {

    @Override
    public Class<CpuStress> record() {
        return CpuStress.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.STRESS;
    }

    @Override
    public String stem() {
        return "cpu";
    }

    @Override
    public Map<String, Object> fields(CpuStress fault) {
        if (fault.of() != LoadOf.CPU) {
            throw Unsupported.element(fault, "of", fault.of(), "StressChaos has load in percent of a processor");
        }
        double percent = fault.load().fraction() * 100;
        if (percent != Math.rint(percent)) {
            throw Unsupported.element(fault, "load", fault.load(), "StressChaos has load in whole percent");
        }
        return Map.of("stressors", Map.of("cpu", Map.of("workers", fault.workers(), "load", Math.round(percent))));
    }

    @Override
    public String caveat(CpuStress fault) {
        return "";
    }
}
