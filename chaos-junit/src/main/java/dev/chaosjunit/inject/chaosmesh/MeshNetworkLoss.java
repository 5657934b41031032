// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.NetworkLoss;
import java.util.Map;

/** A loss as a NetworkChaos. */
final class MeshNetworkLoss implements MeshKind<NetworkLoss> {

    @Override
    public Class<NetworkLoss> record() {
        return NetworkLoss.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "loss";
    }

    @Override
    public Map<String, Object> fields(NetworkLoss fault) {
        fault.bursts().ifPresent(bursts -> {
            throw Unsupported.element(fault, "burst", bursts.length(), "NetworkChaos loses packets one by one");
        });
        return Map.of("action", "loss", "loss", MeshChance.fields(fault.chance(), "loss"));
    }

    @Override
    public String caveat(NetworkLoss fault) {
        return MeshChance.caveat(fault.chance());
    }
}
