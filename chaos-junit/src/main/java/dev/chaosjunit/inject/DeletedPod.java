// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.cluster.Handle;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.inject.InjectionException.Cause;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.FaultResult.Counters;
import dev.chaosjunit.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A pod that is deleted by whoever runs it, and in whose place another comes. */
final class DeletedPod implements Victim {
    private final Fault fault;
    private final Instance pod;
    private final Duration grace;
    private final Cluster cluster;
    private final Set<String> before;
    private volatile boolean deleted;

    /**
     * Not deleted yet.
     *
     * @param grace how long it may take to end after SIGTERM
     */
    DeletedPod(Fault fault, Instance pod, Duration grace, Cluster cluster) {
        this.fault = fault;
        this.pod = pod;
        this.grace = grace;
        this.cluster = cluster;
        this.before = cluster.instances().stream().map(Instance::uid).collect(Collectors.toSet());
    }

    @Override
    public Instance instance() {
        return pod;
    }

    @Override
    public void kill(Duration into) {
        try {
            deleted = cluster.delete(pod, grace);
        } catch (ClusterException e) {
            throw new InjectionException(
                    Cause.FAILURE,
                    fault.describe() + ", pod " + pod.title() + " cannot be deleted: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public List<Handle> killed() {
        return deleted ? List.of(pod.handle()) : List.of();
    }

    /** That it is gone, and which pods of its workload came since: of several that were deleted, each may be for any. */
    @Override
    public FaultResult witness() {
        List<Instance> now = cluster.instances();
        boolean gone = deleted && now.stream().noneMatch(one -> one.uid().equals(pod.uid()));
        String came = now.stream()
                .filter(one -> !before.contains(one.uid()))
                .filter(one -> one.namespace().equals(pod.namespace())
                        && one.workload().equals(pod.workload()))
                .map(Instance::title)
                .collect(Collectors.joining(", "));
        String words = (deleted ? "deleted with a grace period of " + grace.toSeconds() + "s" : "it had gone before")
                + (gone ? "; in its place came " + (came.isEmpty() ? "none" : came) : "; it still runs");
        return FaultResult.of(fault.describe(), pod.title(), fault.unit())
                .node(pod.node())
                .mechanism("deletion of the pod")
                .counters(new Counters(1, deleted ? 1 : 0, gone ? 1 : 0, 0, 0, null, 0))
                .onToFirstHitMs(deleted ? 0.0 : null)
                .detail(words)
                .witness(gone ? Outcome.PASSED : Outcome.INCONCLUSIVE)
                .build();
    }

    @Override
    public void close() {
        // nothing was made ready
    }
}
