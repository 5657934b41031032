// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chosen names are answered wrongly, or not at all, to chosen pods.
 *
 * @param selection the pods whose queries are meant
 * @param duration how long
 * @param patterns exact names, or {@code *.suffix} for every name below the suffix; at least one
 * @param action the answer they get
 * @param ips an IPv4 address, an IPv6 address or one of each for {@link DnsAction#SPOOF}, none otherwise
 * @param types query types that are meant; empty means all
 */
public record DnsFault(
        Selection selection,
        Duration duration,
        List<String> patterns,
        DnsAction action,
        List<String> ips,
        Set<DnsType> types)
        implements Fault {
    private static final int MOST_PATTERNS = 64;

    public DnsFault {
        Fault.checkDuration(duration);
        if (patterns.isEmpty() || patterns.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException("patterns must hold 1 to " + MOST_PATTERNS + " names");
        }
        patterns.forEach(DomainPattern::check);
        if (ips.stream().map(ip -> Address.parse(ip).length).distinct().count() < ips.size()) {
            throw new IllegalArgumentException("ip takes one address of a family, but there are " + ips);
        }
        if (action == DnsAction.SPOOF && ips.isEmpty()) {
            throw new IllegalArgumentException("action SPOOF needs ip, one address or one of each family");
        }
        if (action != DnsAction.SPOOF && !ips.isEmpty()) {
            throw new IllegalArgumentException("ip goes with action SPOOF only, not with " + action);
        }
        patterns = List.copyOf(patterns);
        ips = List.copyOf(ips);
        types = types.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(types));
    }

    @Override
    public Unit unit() {
        return Unit.QUERY;
    }

    @Override
    public String describe() {
        return "DNS " + action + (ips.isEmpty() ? "" : " " + String.join(",", ips)) + " for "
                + String.join(", ", patterns) + typesInWords() + ", " + Durations.format(duration) + ", on "
                + selection;
    }

    private String typesInWords() {
        return types.isEmpty()
                ? ""
                : types.stream().map(Enum::name).sorted().collect(Collectors.joining(",", " (", ")"));
    }
}
