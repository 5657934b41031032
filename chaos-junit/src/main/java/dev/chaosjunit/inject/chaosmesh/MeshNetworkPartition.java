// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.NetworkPartition;
import dev.chaosjunit.fault.PartitionAction;
import java.util.Map;

/** A partition as a NetworkChaos. */
final class MeshNetworkPartition implements MeshKind<NetworkPartition> {

    @Override
    public Class<NetworkPartition> record() {
        return NetworkPartition.class;
    }

    @Override
    public ChaosKind resource() {
        return ChaosKind.NETWORK;
    }

    @Override
    public String stem() {
        return "partition";
    }

    @Override
    public Map<String, Object> fields(NetworkPartition fault) {
        if (fault.action() != PartitionAction.DROP) {
            throw Unsupported.element(
                    fault, "action", fault.action(), "NetworkChaos drops the packets of a partition (DROP)");
        }
        return Map.of("action", "partition");
    }

    @Override
    public String caveat(NetworkPartition fault) {
        return "";
    }
}
