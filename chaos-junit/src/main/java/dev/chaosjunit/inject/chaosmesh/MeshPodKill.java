// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.KillSignal;
import dev.chaosjunit.fault.Killed;
import dev.chaosjunit.fault.PodKill;
import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.Map;

/** Pods that are deleted or kept down, and containers that are killed, as a PodChaos. */
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
        if (fault.what() == Killed.CONTAINER) {
            return container(fault);
        }
        return Map.of(
                "action",
                "pod-kill",
                "gracePeriod",
                fault.gracePeriod().orElse(Duration.ZERO).toSeconds());
    }

    private static Map<String, Object> container(PodKill fault) {
        if (fault.containerNames().isEmpty()) {
            throw Unsupported.element(
                    fault, "containerNames", "", "PodChaos kills containers by their names, and none is given");
        }
        if (fault.signal() != KillSignal.SIGKILL) {
            throw Unsupported.element(fault, "signal", fault.signal(), "PodChaos kills containers by SIGKILL");
        }
        fault.every().ifPresent(each -> {
            throw Unsupported.element(fault, "every", Durations.format(each), "PodChaos kills once");
        });
        return Map.of("action", "container-kill", "containerNames", fault.containerNames());
    }

    private static Map<String, Object> keptDown(PodKill fault) {
        if (!fault.containerNames().isEmpty()) {
            throw Unsupported.element(
                    fault,
                    "containerNames",
                    String.join(", ", fault.containerNames()),
                    "PodChaos keeps all containers of a pod down");
        }
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
