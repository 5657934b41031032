// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes Service.
 *
 * @param name the Service's name
 * @param namespace the Kubernetes namespace it is in
 * @param addresses what pods see it as: its cluster IP, or the pods' addresses of a headless one
 * @param ports service ports by name; ports without a name appear under their number
 * @param selector the labels of the pods behind it
 * @param reach where the test's own process reaches each port number that speaks TCP
 */
public record ServiceEndpoint(
        String name,
        String namespace,
        List<String> addresses,
        Map<String, Integer> ports,
        Map<String, String> selector,
        Map<Integer, List<InetSocketAddress>> reach) {
    /** Where the names of Services end, unless a cluster was set up otherwise. */
    private static final String SUFFIX = ".svc.cluster.local";

    public ServiceEndpoint {
        addresses = List.copyOf(addresses);
        ports = Map.copyOf(ports);
        selector = Map.copyOf(selector);
        reach = Map.copyOf(reach);
    }

    /** A Service in the default namespace. */
    public ServiceEndpoint(
            String name,
            List<String> addresses,
            Map<String, Integer> ports,
            Map<String, String> selector,
            Map<Integer, List<InetSocketAddress>> reach) {
        this(name, Instance.DEFAULT_NAMESPACE, addresses, ports, selector, reach);
    }

    /** The name in full, as a pod's resolver completes it. */
    public String domainName() {
        return name + "." + namespace + SUFFIX;
    }

    /** The name, with the namespace after it where that is not {@code default}. */
    public String shortName() {
        return namespace.equals(Instance.DEFAULT_NAMESPACE) ? name : name + "." + namespace;
    }
}
