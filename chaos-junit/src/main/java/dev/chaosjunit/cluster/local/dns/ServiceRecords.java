// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.cluster.local.dns;

import dev.chaosjunit.cluster.local.dns.NamedService.Backend;
import dev.chaosjunit.cluster.manifest.ServiceSpec.ServicePort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;

/** What the DNS server of a Kubernetes cluster has at the names of Services, of their pods and of their ports. */
final class ServiceRecords implements Function<Name, Optional<List<Record>>> {

    static final int TTL_SECONDS = 5;
    private static final int ALL_WEIGHT = 100; // dealt out to equals

    private final BiFunction<String, String, Optional<NamedService>> services;

    /**
     * Answer from a directory.
     *
     * @param services by namespace and name; empty when there is no such Service
     */
    ServiceRecords(BiFunction<String, String, Optional<NamedService>> services) {
        this.services = services;
    }

    /** All at a name; empty when there is no such name. A shorter one is completed by the pod's own search list. */
    @Override
    public Optional<List<Record>> apply(Name name) {
        String text = name.toString().toLowerCase(Locale.ROOT);
        String end = "." + NamedService.SUFFIX + ".";
        if (!text.endsWith(end)) {
            return Optional.empty();
        }
        List<String> words =
                Arrays.asList(text.substring(0, text.length() - end.length()).split("\\.", -1));
        if (words.size() < 2) {
            return Optional.empty();
        }
        List<String> below = words.subList(0, words.size() - 2);
        return services.apply(words.get(words.size() - 1), words.get(words.size() - 2))
                .flatMap(service -> at(name, below, service));
    }

    private static Optional<List<Record>> at(Name name, List<String> below, NamedService service) {
        return switch (below.size()) {
            case 0 -> Optional.of(addresses(name, service.addresses()));
            case 1 -> some(addresses(name, pods(below.get(0), service)));
            case 2 -> some(targets(name, below.get(0), below.get(1), service));
            default -> Optional.empty();
        };
    }

    private static Optional<List<Record>> some(List<Record> records) {
        return Optional.of(records).filter(all -> !all.isEmpty());
    }

    private static List<String> pods(String hostname, NamedService service) {
        return service.clusterIp().isPresent()
                ? List.of()
                : service.backends().stream()
                        .filter(pod -> pod.hostname().equals(hostname))
                        .map(Backend::address)
                        .toList();
    }

    private static List<Record> addresses(Name name, List<String> addresses) {
        return addresses.stream()
                .<Record>map(address -> new ARecord(name, DClass.IN, TTL_SECONDS, parse(address)))
                .toList();
    }

    /** Such as {@code _http._tcp}: where a named port is. */
    private static List<Record> targets(Name name, String port, String protocol, NamedService service) {
        String inFull = service.spec().name() + "." + service.spec().namespace() + "." + NamedService.SUFFIX + ".";
        List<Record> targets = new ArrayList<>();
        for (ServicePort each : service.spec().ports()) {
            String spoken = each.protocol().name().toLowerCase(Locale.ROOT);
            if (!port.equals("_" + each.name()) || !protocol.equals("_" + spoken)) {
                continue;
            }
            if (service.clusterIp().isPresent()) {
                targets.add(target(name, ALL_WEIGHT, each.port(), inFull));
                continue;
            }
            int weight = Math.max(1, ALL_WEIGHT / Math.max(1, service.backends().size()));
            service.backends()
                    .forEach(pod -> each.targetIn(pod.workload())
                            .ifPresent(number ->
                                    targets.add(target(name, weight, number, pod.hostname() + "." + inFull))));
        }
        return targets;
    }

    private static Record target(Name name, int weight, int port, String host) {
        try {
            return new SRVRecord(name, DClass.IN, TTL_SECONDS, 0, weight, port, Name.fromString(host));
        } catch (TextParseException e) {
            throw new IllegalArgumentException(host + " is no name", e);
        }
    }

    private static InetAddress parse(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no IP address", e);
        }
    }
}
