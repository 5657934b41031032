// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;

/** Service names as the cluster resolves them, each connection starting at the next address; others by the system. */
final class Hosts implements DnsResolver {
    private final Map<String, List<InetAddress>> known = new HashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Take a table of hosts.
     *
     * @throws IllegalArgumentException when an address is no IP address
     */
    Hosts(Map<String, List<String>> hosts) {
        hosts.forEach((name, addresses) -> known.put(
                name, addresses.stream().map(address -> ip(name, address)).toList()));
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = known.get(host);
        if (addresses == null) {
            return InetAddress.getAllByName(host);
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> rotated = new ArrayList<>(addresses);
        Collections.rotate(rotated, -Math.floorMod(turn.getAndIncrement(), addresses.size()));
        return rotated.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static InetAddress ip(String name, String address) {
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException("host " + name + ": \"" + address + "\" is no IP address");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host " + name + ": \"" + address + "\" is no IP address", e);
        }
    }
}
