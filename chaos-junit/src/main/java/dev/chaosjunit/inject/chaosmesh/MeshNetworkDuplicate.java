// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.NetworkDuplicate;
import java.util.Map;

/** Duplicates as a NetworkChaos. */
final class MeshNetworkDuplicate implements MeshKind<NetworkDuplicate> {

    @Override
    public Class<NetworkDuplicate> record() {
        return NetworkDuplicate.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "duplicate";
    }

    @Override
    public Map<String, Object> fields(NetworkDuplicate fault) {
        return Map.of("action", "duplicate", "duplicate", MeshChance.fields(fault.chance(), "duplicate"));
    }

    @Override
    public String caveat(NetworkDuplicate fault) {
        return MeshChance.caveat(fault.chance());
    }
}
