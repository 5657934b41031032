// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.List;
import java.util.Map;

/**
 * A Kubernetes Service as the test's own process reaches it.
 *
 * @param name the Service's name
 * @param addresses where it answers: its cluster IP, or the pods' addresses of a headless one
 * @param ports service ports by name; ports without a name appear under their number
 * @param selector the labels of the pods behind it
 */
public record ServiceEndpoint(
        String name, List<String> addresses, Map<String, Integer> ports, Map<String, String> selector) {

    public ServiceEndpoint {
        addresses = List.copyOf(addresses);
        ports = Map.copyOf(ports);
        selector = Map.copyOf(selector);
    }
}
