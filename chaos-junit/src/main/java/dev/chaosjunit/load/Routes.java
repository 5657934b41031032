// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Where the hosts of load URLs are reached, as the cluster knows it. */
@FunctionalInterface
public interface Routes {

    /** Nothing but what the system resolves. */
    Routes SYSTEM = (host, port) -> Optional.empty();

    /**
     * Where to connect for a host and port of a URL.
     *
     * @return resolved addresses, none if the host has none now; absent for a host that is left to the system
     */
    Optional<List<InetSocketAddress>> to(String host, int port);
}
