// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.bpf.ChaosAgent;
import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.cluster.local.LocalCluster;
import dev.chaosjunit.experiment.ExperimentRunner;
import dev.chaosjunit.inject.Injector;
import java.nio.file.Path;

/** The services of a test class and the helper that attaches faults to them; closed with the class. */
final class ChaosSession implements AutoCloseable {
    private final ClusterPlan plan;
    private final Cluster cluster;
    private final Helper helper;
    private final ExperimentRunner runner;

    ChaosSession(ClusterPlan plan, Cluster cluster, Helper helper) {
        this.plan = plan;
        this.cluster = cluster;
        this.helper = helper;
        this.runner = new ExperimentRunner(cluster, new Injector(helper), System.out);
    }

    /** Bring everything up, or leave nothing behind. */
    static ChaosSession open(ClusterPlan plan, String name) {
        Path directory = Path.of("target", "chaos-junit").toAbsolutePath();
        LocalCluster cluster = LocalCluster.start(
                plan.manifests(),
                plan.images(),
                directory.resolve("images"),
                plan.readyWithin(),
                directory.resolve(name));
        try {
            return new ChaosSession(plan, cluster, ChaosAgent.start(cluster.privilege()));
        } catch (HelperException e) {
            cluster.close();
            throw new RuntimeUnavailableException("The native helper does not start: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    ClusterPlan plan() {
        return plan;
    }

    Cluster cluster() {
        return cluster;
    }

    ExperimentRunner runner() {
        return runner;
    }

    @Override
    public void close() {
        try {
            helper.close();
        } finally {
            cluster.close();
        }
    }
}
