// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a test calls a Service or a pod.
 *
 * @param namespace where it is; absent for {@code default} where there is such a one, and else for anywhere
 * @param name its name
 */
public record NamespacedName(Optional<String> namespace, String name) {
    private static final List<String> SUFFIX = List.of("svc", "cluster", "local");

    /**
     * A Service as the host of a URL: {@code web}, {@code web.prod}, {@code web.prod.svc} or
     * {@code web.prod.svc.cluster.local}, as pods call it; empty when it cannot be one.
     */
    public static Optional<NamespacedName> ofHost(String host) {
        List<String> words = Arrays.asList(host.split("\\.", -1));
        if (words.size() == 1) {
            return Optional.of(new NamespacedName(Optional.empty(), host));
        }
        List<String> rest = words.subList(2, words.size());
        return rest.isEmpty() || rest.equals(SUFFIX) || rest.equals(SUFFIX.subList(0, 1))
                ? Optional.of(new NamespacedName(Optional.of(words.get(1)), words.get(0)))
                : Optional.empty();
    }

    /** A pod: {@code web-0} or {@code prod/web-0}. */
    public static NamespacedName ofPod(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new NamespacedName(Optional.empty(), text)
                : new NamespacedName(Optional.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    /** Those that it can mean: more than one where no namespace is said and several, but not default, have the name. */
    public <T> List<T> among(Collection<T> all, Function<T, String> namespaceOf, Function<T, String> nameOf) {
        List<T> called = all.stream()
                .filter(each -> name.equals(nameOf.apply(each)))
                .filter(each -> namespace.map(namespaceOf.apply(each)::equals).orElse(true))
                .toList();
        List<T> byDefault = called.stream()
                .filter(each -> namespaceOf.apply(each).equals(Instance.DEFAULT_NAMESPACE))
                .toList();
        return byDefault.isEmpty() ? called : byDefault;
    }

    /** As pods are called. */
    @Override
    public String toString() {
        return Instance.title(namespace.orElse(Instance.DEFAULT_NAMESPACE), name);
    }

    /** The Services that a host's name can mean. */
    public static List<ServiceEndpoint> services(String host, List<ServiceEndpoint> all) {
        return ofHost(host).stream()
                .flatMap(called -> called.among(all, ServiceEndpoint::namespace, ServiceEndpoint::name).stream())
                .toList();
    }
}
