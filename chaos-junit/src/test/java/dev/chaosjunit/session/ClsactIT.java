// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chaosjunit.bpf.Helper;
import dev.chaosjunit.bpf.HelperException;
import dev.chaosjunit.bpf.Reply;
import dev.chaosjunit.bpf.Request;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.ClusterRuntime;
import dev.chaosjunit.cluster.Collector;
import dev.chaosjunit.cluster.GoImageSpec;
import dev.chaosjunit.cluster.ManifestFiles;
import dev.chaosjunit.experiment.Experiment;
import dev.chaosjunit.experiment.FaultSchedule;
import dev.chaosjunit.experiment.Finished;
import dev.chaosjunit.experiment.WindowLengths;
import dev.chaosjunit.fault.Chance;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.NetworkDuplicate;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.report.ChaosReport;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.result.Outcome;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before Linux 6.6 there is no tcx: helpers here are told to do without it. */
@DisplayName("Faults by clsact")
class ClsactIT {
    private static final Path SERVICE = Path.of("src/test/resources/cluster/hello");
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(1);
    private static final Settings SETTINGS = new Settings(name -> Optional.empty());

    @Test
    @DisplayName("hit the pods of a whole experiment, and the report says what they went by")
    void named(@TempDir Path directory) throws Exception {
        Preflight preflight = Preflight.of(plan());
        Cluster cluster = new Runtimes(SETTINGS, Collector.NONE, built -> {}).start(preflight, "clsact");
        HelperInjector injector = new HelperInjector(cluster, node -> new WithoutTcx(cluster.startHelper(node)));
        try (Session session = new Session(preflight, cluster, injector)) {
            Finished finished = session.runner().run(experiment(), ClsactIT::isLate);

            assertThat(finished.thrown()).isNull();
            assertThat(finished.result().outcome()).isEqualTo(Outcome.PASSED);
            assertThat(finished.result().faults())
                    .extracting(FaultResult::mechanism)
                    .containsOnly("clsact, cloned in place", "clsact, delay line");
            Path page = new ChaosReport(directory, finished.result().started()).write(finished.result());
            assertThat(Files.readString(page)).contains("clsact, cloned in place", "clsact, delay line");
        }
    }

    private static void isLate(FaultSchedule faults) throws Exception {
        String pod = faults.targets().get(0).address();
        long from = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + pod + ":8080/").toURL().openConnection();
        assertThat(connection.getResponseCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(LATENCY);
    }

    private static Experiment experiment() {
        Selection all = new Selection(Selector.parse("app=hello"), Mode.ALL, "");
        List<Fault> faults = List.of(
                new NetworkDuplicate(all, LONG, new Chance(new Percent(1)), Traffic.SENT, Percent.NONE),
                new NetworkDelay(all, LONG, new Latency(LATENCY), new Percent(0), Traffic.SENT));
        return new Experiment("clsact", "clsact", faults, List.of(), List.of(), Optional.empty(), plan().windows(), 1);
    }

    private static Plan plan() {
        return new Plan(
                ManifestFiles.read(SERVICE + ".yaml"),
                List.of(),
                List.of(new GoImageSpec("hello", ".", SERVICE.toAbsolutePath())),
                ClusterRuntime.LOCAL,
                Duration.ofSeconds(60),
                new WindowLengths(LONG, LONG, LONG));
    }

    private record WithoutTcx(Helper helper) implements Helper {
        @Override
        public Reply request(Request request) throws HelperException {
            boolean attaches = request.toLine().startsWith("attach ");
            return helper.request(attaches ? request.with("hook", "clsact") : request);
        }

        @Override
        public void onDeath(Runnable action) {
            helper.onDeath(action);
        }

        @Override
        public void close() {
            helper.close();
        }

        @Override
        public String describe() {
            return helper.describe();
        }
    }
}
