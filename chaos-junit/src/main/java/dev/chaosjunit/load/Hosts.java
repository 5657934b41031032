// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;

/** Hosts as the cluster's routes have them, each connection starting at the next address; others by the system. */
final class Hosts implements DnsResolver {
    private final Routes routes;
    private final AtomicInteger turn = new AtomicInteger();

    Hosts(Routes routes) {
        this.routes = routes;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        Optional<List<InetSocketAddress>> known = routes.to(host, port);
        if (known.isEmpty()) {
            return Arrays.stream(resolve(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }
        List<InetSocketAddress> rotated = new ArrayList<>(known.get());
        if (rotated.isEmpty()) {
            throw new UnknownHostException(host);
        }
        Collections.rotate(rotated, -Math.floorMod(turn.getAndIncrement(), rotated.size()));
        return rotated;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
