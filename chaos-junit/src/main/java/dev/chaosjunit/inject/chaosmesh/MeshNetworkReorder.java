// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.NetworkReorder;
import java.util.HashMap;
import java.util.Map;

/** A reordering as a NetworkChaos: part of its delay. */
final class MeshNetworkReorder implements MeshKind<NetworkReorder> {

    @Override
    public Class<NetworkReorder> record() {
        return NetworkReorder.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "reorder";
    }

    @Override
    public Map<String, Object> fields(NetworkReorder fault) {
        fault.queue().limit().ifPresent(limit -> {
            throw Unsupported.element(fault, "queue", limit, "its queue is netem's, of 1000 packets");
        });
        Map<String, Object> reorder = new HashMap<>(MeshChance.fields(fault.ahead(), "reorder"));
        reorder.put("gap", fault.gap());
        return Map.of(
                "action",
                "delay",
                "delay",
                Map.of(
                        "latency", GoDuration.of(fault.delay().length()),
                        "jitter", GoDuration.of(fault.delay().jitter()),
                        "reorder", reorder));
    }

    @Override
    public String caveat(NetworkReorder fault) {
        return MeshChance.caveat(fault.ahead());
    }
}
