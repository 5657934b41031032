// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local;

import dev.chaosjunit.cluster.manifest.Workload.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Deletes pods; what owns one makes another, with an address of its own: a StatefulSet once it is gone, others at once. */
final class PodReplacement {
    private final List<Pod> pods;
    private final PodNames names;
    private final NodeNetwork network;
    private final Restarts restarts;
    private final BiFunction<PodName, Pod, Pod> make;
    private final Runnable changed;

    /**
     * Of pods in a list, which is kept up to date.
     *
     * @param make a pod of a name in the place of another, of which nothing runs yet
     * @param changed told when the list has changed
     */
    PodReplacement(
            List<Pod> pods,
            PodNames names,
            NodeNetwork network,
            Restarts restarts,
            BiFunction<PodName, Pod, Pod> make,
            Runnable changed) {
        this.pods = pods;
        this.names = names;
        this.network = network;
        this.restarts = restarts;
        this.make = make;
        this.changed = changed;
    }

    /** Returns when the pod is behind no Service any more and is told to end. */
    void replace(Pod old, Duration grace) {
        pods.remove(old);
        changed.run();
        boolean keepsName = old.workload().kind() == Kind.STATEFUL_SET;
        restarts.delete(old, grace, () -> {
            network.disconnect(old);
            old.log().close();
            if (keepsName) {
                come(PodName.of(old.workload(), old.id().name()), old);
            }
        });
        if (!keepsName) {
            come(names.next(old.workload()), old);
        }
    }

    private void come(PodName name, Pod old) {
        Pod pod = make.apply(name, old);
        network.connect(List.of(pod));
        pods.add(pod);
        changed.run();
        restarts.add(pod);
    }
}
