// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.RuntimeUnavailableException;
import dev.chaosjunit.experiment.ExperimentRunner;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.Injector;

/** The services of a test class and the helper that attaches faults to them; closed with the class. */
final class ChaosSession implements AutoCloseable {
    private final ClusterPlan plan;
    private final Cluster cluster;
    private final Injector injector;
    private final ExperimentRunner runner;

    ChaosSession(ClusterPlan plan, Cluster cluster, Injector injector) {
        this.plan = plan;
        this.cluster = cluster;
        this.injector = injector;
        this.runner = new ExperimentRunner(cluster, injector, System.out);
    }

    /** Bring everything up, or leave nothing behind. */
    static ChaosSession open(ClusterPlan plan, String name, Runtimes runtimes) {
        Cluster cluster = runtimes.start(plan, name);
        try {
            return new ChaosSession(plan, cluster, helpers(cluster));
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Helpers are started with the class, so that a machine that cannot have them is found out before any test. */
    private static Injector helpers(Cluster cluster) {
        HelperInjector injector = new HelperInjector(cluster::startHelper);
        try {
            for (Instance pod : cluster.instances()) {
                var unused = injector.helper(pod.handle().node());
            }
            return injector;
        } catch (HelperException e) {
            injector.close();
            throw new RuntimeUnavailableException("The native helper does not start: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            injector.close();
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
            injector.close();
        } finally {
            cluster.close();
        }
    }
}
