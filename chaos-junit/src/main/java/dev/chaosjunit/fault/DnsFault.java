// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
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
 * @param reconnect whether connections to the names' addresses are closed as the fault begins
 * @param escape what packets over connections older than the fault mean
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record DnsFault(
        Selection selection,
        Duration duration,
        List<String> patterns,
        DnsAction action,
        List<String> ips,
        Set<DnsType> types,
        boolean reconnect,
        Escape escape,
        Percent minTouched)
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
        if (reconnect && escape == Escape.ALLOWED) {
            throw new IllegalArgumentException("reconnect = true closes the connections that escape = ALLOWED would let"
                    + " pods go on with: choose one of them");
        }
        patterns = List.copyOf(patterns);
        ips = List.copyOf(ips);
        types = types.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(types));
    }

    /** One that leaves connections alone, may not be escaped, and may touch any share of the requests. */
    public DnsFault(
            Selection selection,
            Duration duration,
            List<String> patterns,
            DnsAction action,
            List<String> ips,
            Set<DnsType> types) {
        this(selection, duration, patterns, action, ips, types, false, Escape.INCONCLUSIVE, Percent.NONE);
    }

    /** Whether one of the patterns means a name. */
    public boolean means(String name) {
        return patterns.stream().anyMatch(pattern -> DomainPattern.means(pattern, name));
    }

    @Override
    public Unit unit() {
        return Unit.QUERY;
    }

    @Override
    public String describe() {
        return "DNS " + action + (ips.isEmpty() ? "" : " " + String.join(",", ips)) + " for "
                + String.join(", ", patterns) + typesInWords()
                + (reconnect ? ", older connections closed" : "") + ", " + Durations.format(duration) + ", on "
                + selection;
    }

    private String typesInWords() {
        return types.isEmpty()
                ? ""
                : types.stream().map(Enum::name).sorted().collect(Collectors.joining(",", " (", ")"));
    }
}
