// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.NetworkBandwidth;
import java.util.Map;

/** A bandwidth as a NetworkChaos, whose rate is in bytes. */
final class MeshNetworkBandwidth implements MeshKind<NetworkBandwidth> {

    @Override
    public Class<NetworkBandwidth> record() {
        return NetworkBandwidth.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "bandwidth";
    }

    @Override
    public Map<String, Object> fields(NetworkBandwidth fault) {
        return Map.of(
                "action",
                "bandwidth",
                "bandwidth",
                Map.of(
                        "rate", fault.rate().bytesPerSecond(),
                        "limit", fault.limit().bytes(),
                        "buffer", fault.buffer().bytes()));
    }

    @Override
    public String caveat(NetworkBandwidth fault) {
        return "";
    }
}
