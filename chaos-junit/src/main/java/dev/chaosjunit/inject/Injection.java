// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Fault;
import java.util.List;

/**
 * A fault and the pods that it is meant for.
 *
 * @param fault what is done
 * @param peers the addresses it is confined to; empty means all
 * @param named what the manifests say of the names that it is about
 * @param targets the pods
 */
public record Injection(Fault fault, List<Cidr> peers, NamedServices named, List<Target> targets) {

    public Injection {
        peers = List.copyOf(peers);
        targets = List.copyOf(targets);
    }

    /** The fault and one of its pods in words: how every message about them begins. */
    String describe(Target target) {
        return fault.describe() + ", pod " + target.instance().title();
    }

    /** The pods. */
    public List<Instance> instances() {
        return targets.stream().map(Target::instance).toList();
    }

    boolean sharesPeersWith(Injection other) {
        return peers.isEmpty()
                || other.peers.isEmpty()
                || peers.stream().anyMatch(mine -> other.peers.stream().anyMatch(mine::overlaps));
    }
}
