// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.NetworkDelay;
import java.util.Map;

/** A delay as a NetworkChaos. */
final class MeshNetworkDelay implements MeshKind<NetworkDelay> {

    @Override
    public Class<NetworkDelay> record() {
        return NetworkDelay.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "delay";
    }

    @Override
    public Map<String, Object> fields(NetworkDelay fault) {
        fault.queue().limit().ifPresent(limit -> {
            throw Unsupported.element(fault, "queue", limit, "its queue is netem's, of 1000 packets");
        });
        return Map.of(
                "action",
                "delay",
                "delay",
                Map.of(
                        "latency", GoDuration.of(fault.delay().length()),
                        "jitter", GoDuration.of(fault.delay().jitter()),
                        "correlation", fault.correlation().toString().replace("%", "")));
    }

    @Override
    public String caveat(NetworkDelay fault) {
        return fault.delay().jitter().isZero() ? "" : "; jitter may have put them out of order";
    }
}
