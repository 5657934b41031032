// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.PodKill;
import java.time.Duration;
import java.util.Map;

/** The deletion of pods as a PodChaos. */
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

    @Override
    public String caveat(PodKill fault) {
        return "";
    }
}
