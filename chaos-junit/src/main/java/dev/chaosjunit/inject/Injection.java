// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Fault;
import java.util.List;

/**
 * A fault meant for one pod.
 *
 * @param fault what is done
 * @param instance the pod
 * @param peers the addresses it is confined to; empty means all
 * @param seed of the draws made for this pod
 */
public record Injection(Fault fault, Instance instance, List<Cidr> peers, int seed) {

    public Injection {
        peers = List.copyOf(peers);
    }

    /** The fault and the pod in words: how every message about it begins. */
    String describe() {
        return fault.describe() + ", pod " + instance.name();
    }

    boolean sharesPeersWith(Injection other) {
        return peers.isEmpty()
                || other.peers.isEmpty()
                || peers.stream().anyMatch(mine -> other.peers.stream().anyMatch(mine::overlaps));
    }
}
