// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a test calls a Service: {@code web}, {@code web.prod}, {@code web.prod.svc} or
 * {@code web.prod.svc.cluster.local}, as pods do.
 *
 * @param name the Service's
 * @param namespace where it is; absent for anywhere
 */
public record ServiceName(String name, Optional<String> namespace) {
    private static final List<String> SUFFIX = List.of("svc", "cluster", "local");

    /** Read the host of a URL; empty when it cannot be meant for a Service. */
    public static Optional<ServiceName> parse(String host) {
        List<String> words = Arrays.asList(host.split("\\.", -1));
        if (words.size() == 1) {
            return Optional.of(new ServiceName(host, Optional.empty()));
        }
        List<String> rest = words.subList(2, words.size());
        return rest.isEmpty() || rest.equals(SUFFIX) || rest.equals(SUFFIX.subList(0, 1))
                ? Optional.of(new ServiceName(words.get(0), Optional.of(words.get(1))))
                : Optional.empty();
    }

    /** Whether a Service of that name in that namespace is meant. */
    public boolean means(String otherNamespace, String otherName) {
        return name.equals(otherName) && namespace.map(otherNamespace::equals).orElse(true);
    }

    /** Those of a host's name: several where it is short and namespaces have Services of that name. */
    public static List<ServiceEndpoint> find(String host, List<ServiceEndpoint> services) {
        return parse(host).stream()
                .flatMap(wanted ->
                        services.stream().filter(service -> wanted.means(service.namespace(), service.name())))
                .toList();
    }
}
