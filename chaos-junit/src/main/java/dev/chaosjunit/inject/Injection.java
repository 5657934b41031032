// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.Probing;
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
 * @param named what the manifests say of the names that it is about
 * @param probing who asks the pod whether it is alive and ready, as far as the fault can meet that
 */
public record Injection(
        Fault fault, Instance instance, List<Cidr> peers, int seed, NamedServices named, Probing probing) {

    public Injection {
        peers = List.copyOf(peers);
    }

    /** A fault that meets no probe. */
    public Injection(Fault fault, Instance instance, List<Cidr> peers, int seed) {
        this(fault, instance, peers, seed, Probing.NONE);
    }

    /** A fault that is about no names. */
    public Injection(Fault fault, Instance instance, List<Cidr> peers, int seed, Probing probing) {
        this(fault, instance, peers, seed, NamedServices.NONE, probing);
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
