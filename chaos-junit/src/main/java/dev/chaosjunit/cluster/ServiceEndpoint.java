// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A Kubernetes Service.
 *
 * @param name the Service's name
 * @param addresses what pods see it as: its cluster IP, or the pods' addresses of a headless one
 * @param ports service ports by name; ports without a name appear under their number
 * @param selector the labels of the pods behind it
 * @param reach where the test's own process reaches each port number
 */
public record ServiceEndpoint(
        String name,
        List<String> addresses,
        Map<String, Integer> ports,
        Map<String, String> selector,
        Map<Integer, List<InetSocketAddress>> reach) {

    public ServiceEndpoint {
        addresses = List.copyOf(addresses);
        ports = Map.copyOf(ports);
        selector = Map.copyOf(selector);
        reach = Map.copyOf(reach);
    }

    /** A Service that the test's own process reaches as the pods do. */
    public static ServiceEndpoint direct(
            String name, List<String> addresses, Map<String, Integer> ports, Map<String, String> selector) {
        return new ServiceEndpoint(
                name,
                addresses,
                ports,
                selector,
                ports.values().stream()
                        .distinct()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                port -> addresses.stream()
                                        .map(address -> new InetSocketAddress(address, port))
                                        .toList())));
    }
}
