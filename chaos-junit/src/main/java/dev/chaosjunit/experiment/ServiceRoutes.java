// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.experiment;

import dev.chaosjunit.cluster.Cluster;
import dev.chaosjunit.cluster.NamespacedName;
import dev.chaosjunit.cluster.ServiceEndpoint;
import dev.chaosjunit.load.Routes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The Services of a cluster as hosts of load URLs. A port that a Service lacks leads nowhere, nor does a name that
 * several have.
 */
record ServiceRoutes(List<ServiceEndpoint> services) implements Routes {

    ServiceRoutes(Cluster cluster) {
        this(cluster.services());
    }

    @Override
    public Optional<List<InetSocketAddress>> to(String host, int port) {
        List<ServiceEndpoint> meant = NamespacedName.services(host, services);
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(meant.size() > 1 ? List.of() : meant.get(0).reach().getOrDefault(port, List.of()));
    }
}
