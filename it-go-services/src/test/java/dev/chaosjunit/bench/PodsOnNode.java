// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.bench;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.fault.DnsAction;
import dev.chaosjunit.fault.DnsChaos;
import dev.chaosjunit.fault.Fault;
import dev.chaosjunit.fault.Latency;
import dev.chaosjunit.fault.Mode;
import dev.chaosjunit.fault.NetworkDelay;
import dev.chaosjunit.fault.Selection;
import dev.chaosjunit.fault.Selector;
import dev.chaosjunit.fault.Traffic;
import dev.chaosjunit.inject.ActiveFault;
import dev.chaosjunit.inject.HelperInjector;
import dev.chaosjunit.inject.Injection;
import dev.chaosjunit.inject.Targets;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.result.FaultResult;
import dev.chaosjunit.session.Session;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Faults on all pods of a Deployment on one node. */
final class PodsOnNode {
    private static final String NAME = "nobody.scale.svc.cluster.local";
    private static final Selection ALL = new Selection(Selector.parse("app=scale"), Mode.ALL, "");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long IDLE_MS = 1_000;

    private PodsOnNode() {}

    static void print(int... sizes) throws Exception {
        Table table = new Table(
                "Pods of a Deployment on one node, all hit",
                "pods",
                "fault",
                "pods ready, from nothing",
                "helper started",
                "attached",
                "on",
                "from the first pod's on to the last one's",
                "pods that it hit, of one request each",
                "reverted",
                "detached",
                "helper's resident set",
                "its processor time while on, idle");
        for (int size : sizes) {
            long start = System.nanoTime();
            try (Session session = new Crowd(size, 0).start()) {
                String ready = Figures.msSince(start);
                row(table, session.cluster(), ready, delay());
                row(table, session.cluster(), ready, dns());
            }
        }
    }

    static Fault delay() {
        return new NetworkDelay(ALL, MINUTE, new Latency(Duration.ofMillis(50)), Percent.NONE, Traffic.SENT);
    }

    private static Fault dns() {
        return new DnsChaos(ALL, MINUTE, List.of(NAME), DnsAction.NXDOMAIN, List.of(), Set.of());
    }

    private static void row(Table table, Cluster cluster, String ready, Fault fault) throws Exception {
        long start = System.nanoTime();
        TimedHelper helper = new TimedHelper(
                cluster.startHelper(cluster.instances().get(0).handle().node()));
        String started = Figures.msSince(start);
        try (HelperInjector injector = new HelperInjector(cluster, node -> helper)) {
            List<Injection> injections = Targets.choose(List.of(fault), cluster, new Random(1));
            start = System.nanoTime();
            ActiveFault active = injector.attach(injections).get(0);
            String attached = Figures.msSince(start);
            OsProcess process = OsProcess.newestHelper();
            start = System.nanoTime();
            active.on();
            String on = Figures.msSince(start);
            double cpu = process.cpuSeconds();
            Thread.sleep(IDLE_MS);
            double busy = (process.cpuSeconds() - cpu) / IDLE_MS * 1_000 * 100;
            askEach(cluster.instances());
            long resident = process.resident();
            start = System.nanoTime();
            active.off();
            String off = Figures.msSince(start);
            long hit = active.witnesses().stream().filter(PodsOnNode::isHit).count();
            start = System.nanoTime();
            active.close();
            table.row(
                    cluster.instances().size(),
                    fault.name(),
                    ready,
                    started,
                    attached,
                    on,
                    Figures.ms(helper.spreadMs()),
                    hit,
                    off,
                    Figures.msSince(start),
                    Figures.mib(resident),
                    Math.round(busy) + " %");
        }
    }

    private static boolean isHit(FaultResult pod) {
        FaultResult.Counters counters = pod.counters();
        return counters != null && counters.hit() > 0;
    }

    /** One request to each pod, side by side, which makes it look a name up and answer. */
    private static void askEach(List<Instance> pods) throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(16);
        try {
            for (Future<Integer> answer : askers.invokeAll(
                    pods.stream().map(pod -> (Callable<Integer>) () -> ask(pod)).toList())) {
                var unused = answer.get();
            }
        } finally {
            askers.shutdown();
        }
    }

    private static int ask(Instance pod) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://" + pod.address() + ":" + Crowd.PORT + "/lookup?name=" + NAME)
                        .toURL()
                        .openConnection();
        connection.setReadTimeout(10_000);
        return connection.getResponseCode();
    }
}
