// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.extension;

import dev.chaosjunit.ChaosRun;
import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.Instance;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.experiment.FaultSchedule;
import dev.chaosjunit.observe.trace.SpanStore;
import dev.chaosjunit.observe.trace.Traces;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A test's view of its experiment. Made before the test runs, told of the faults once they are on. */
final class LiveRun implements ChaosRun {
    private final Cluster cluster;
    private final Optional<SpanStore> spans;
    private final long seed;
    private volatile @Nullable FaultSchedule faults;

    LiveRun(Cluster cluster, Optional<SpanStore> spans, long seed) {
        this.cluster = cluster;
        this.spans = spans;
        this.seed = seed;
    }

    void injected(FaultSchedule active) {
        faults = active;
    }

    @Override
    public Service service(String name) {
        List<ServiceEndpoint> meant = NamespacedName.services(name, cluster.services());
        if (meant.size() != 1) {
            String known =
                    cluster.services().stream().map(ServiceEndpoint::shortName).collect(Collectors.joining(", "));
            throw new IllegalArgumentException((meant.isEmpty() ? "There is no Service \"" : "Several are Service \"")
                    + name + "\"; there are: " + known);
        }
        return new ServiceUrls(meant.get(0));
    }

    @Override
    public List<Instance> pods() {
        return cluster.instances();
    }

    @Override
    public List<Instance> targets() {
        FaultSchedule active = faults;
        return active == null ? List.of() : active.targets();
    }

    @Override
    public List<String> log(String pod, int lines) {
        return cluster.log(pod, lines);
    }

    @Override
    public Traces traces() {
        return spans.map(SpanStore::snapshot)
                .orElseThrow(() -> new IllegalStateException(
                        "no traces are received: put @Traces on the class, and run it" + " locally or in k3s"));
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public void awaitRevert() throws InterruptedException {
        FaultSchedule active = faults;
        if (active != null) {
            active.await();
        }
    }

    private record ServiceUrls(ServiceEndpoint endpoint) implements Service {
        @Override
        public String url() {
            int port = endpoint.reach().keySet().stream().min(Integer::compare).orElse(80);
            return url(port);
        }

        @Override
        public String url(String port) {
            Integer number = endpoint.ports().get(port);
            if (number == null) {
                throw new IllegalArgumentException("Service \"" + endpoint.name() + "\" has no port \"" + port
                        + "\"; it has: " + endpoint.ports());
            }
            return url(number);
        }

        private String url(int port) {
            InetSocketAddress address = endpoint.reach().getOrDefault(port, List.of()).stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "Service \"" + endpoint.name() + "\" has nowhere to be reached at port " + port));
            return "http://" + address.getHostString() + ":" + address.getPort();
        }
    }
}
