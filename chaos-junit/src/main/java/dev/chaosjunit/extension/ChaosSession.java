// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.InconclusiveException;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterException;
import dev.chaosjunit.experiment.ExperimentRunner;
import dev.chaosjunit.inject.Injector;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * The services of a test class and the helper that attaches faults to them; closed with the class, by its Store: JUnit
 * before 5.13 closes nothing there but a CloseableResource, later ones that or what is AutoCloseable, once.
 */
final class ChaosSession implements AutoCloseable, CloseableResource {
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
    static ChaosSession open(ClusterPlan plan, String name, Runtimes runtimes, Engines engines) {
        Cluster cluster = runtimes.start(plan, name);
        try {
            return new ChaosSession(plan, cluster, engines.injector(cluster));
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

    /**
     * Refuse to try anything where something of our own is gone: its errors would seem to be the services'.
     *
     * @throws InconclusiveException naming it
     */
    void requireAlive() {
        for (CompletableFuture<String> end : List.of(cluster.lost(), injector.lost())) {
            if (end.isDone()) {
                throw new InconclusiveException("Before this test, " + end.join() + ".");
            }
        }
    }

    /**
     * Start anew the pods that ended in an earlier test, or are not ready after it.
     *
     * @return what was done, in a sentence; empty where there was nothing to do
     * @throws InconclusiveException where it does not come up
     */
    Optional<String> startAnew() {
        try {
            List<String> pods = cluster.startAnew(plan.readyWithin());
            if (pods.isEmpty()) {
                return Optional.empty();
            }
            String note = "Before this test, pods that had ended or were not ready any more were started anew: "
                    + String.join(", ", pods) + ".";
            runner.note(note);
            return Optional.of(note);
        } catch (ClusterException e) {
            throw new InconclusiveException(
                    "Before this test, pods had ended or were not ready, and could not be started anew: "
                            + e.getMessage());
        }
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
