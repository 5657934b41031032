// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.PodKill;
import java.time.Duration;
import java.util.Map;

/** Pods that are deleted, or kept down, as a PodChaos. */
final class MeshPodKill implements MeshKind<PodKill> {

    @Override
    public Class<PodKill> record() {
        return PodKill.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.POD;
    }

    @Override
    public String stem() {
        return "kill";
    }

    @Override
    public Map<String, Object> fields(PodKill fault) {
        if (fault.keptDown()) {
            return keptDown(fault);
        }
        if (fault.what() != Killed.POD) {
            throw Unsupported.element(
                    fault, "what", fault.what(), "PodChaos kills a container by its name, which no selector tells");
        }
        return Map.of(
                "action",
                "pod-kill",
                "gracePeriod",
                fault.gracePeriod().orElse(Duration.ZERO).toSeconds());
    }

    private static Map<String, Object> keptDown(PodKill fault) {
        if (fault.signal() != KillSignal.SIGTERM) {
            throw Unsupported.element(
                    fault,
                    "signal",
                    fault.signal(),
                    "PodChaos has containers that are kept down ended by the kubelet, by SIGTERM first");
        }
        return Map.of("action", "pod-failure");
    }

    @Override
    public String caveat(PodKill fault) {
        return fault.keptDown() ? ", all containers of a pod were kept down" : "";
    }
}
