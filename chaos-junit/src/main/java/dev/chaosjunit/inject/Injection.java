// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Cidr;
import dev.chaosjunit.fault.Fault;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A fault and the pods that it is meant for.
 *
 * @param fault what is done
 * @param peers the addresses it is confined to; empty means all
 * @param named what the manifests say of the names that it is about
 * @param targets the pods
 * @param spared where pods send their telemetry, which a fault on packets leaves alone
 */
public record Injection(
        Fault fault, List<Cidr> peers, NamedServices named, List<Target> targets, Optional<InetSocketAddress> spared) {

    public Injection {
        peers = List.copyOf(peers);
        targets = List.copyOf(targets);
    }

    /** One of pods that send none. */
    public Injection(Fault fault, List<Cidr> peers, NamedServices named, List<Target> targets) {
        this(fault, peers, named, targets, Optional.empty());
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
