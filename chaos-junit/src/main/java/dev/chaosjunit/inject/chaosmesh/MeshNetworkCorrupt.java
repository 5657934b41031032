// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.CorruptAction;
import dev.chaosjunit.fault.NetworkCorrupt;
import java.util.Map;

/** Damage as a NetworkChaos. */
final class MeshNetworkCorrupt implements MeshKind<NetworkCorrupt> {

    @Override
    public Class<NetworkCorrupt> record() {
        return NetworkCorrupt.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "corrupt";
    }

    @Override
    public Map<String, Object> fields(NetworkCorrupt fault) {
        if (fault.action() != CorruptAction.DETECTED) {
            throw Unsupported.element(
                    fault,
                    "action",
                    fault.action(),
                    "NetworkChaos damages packets after their checksum is made, so that receivers drop them (DETECTED)");
        }
        return Map.of("action", "corrupt", "corrupt", MeshChance.fields(fault.chance(), "corrupt"));
    }

    @Override
    public String caveat(NetworkCorrupt fault) {
        return MeshChance.caveat(fault.chance());
    }
}
