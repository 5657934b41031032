// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;
import java.util.Locale;

/**
 * What pods get for an answer.
 *
 * @param action which
 * @param ips an IPv4 address, an IPv6 address or one of each for {@link DnsAction#SPOOF}, none otherwise
 */
public record DnsAnswer(DnsAction action, List<String> ips) {

    public DnsAnswer {
        if (ips.stream().map(ip -> Address.parse(ip).length).distinct().count() < ips.size()) {
            throw new IllegalArgumentException("ip takes one address of a family, but there are " + ips);
        }
        if (action == DnsAction.SPOOF && ips.isEmpty()) {
            throw new IllegalArgumentException("action SPOOF needs ip, one address or one of each family");
        }
        if (action != DnsAction.SPOOF && !ips.isEmpty()) {
            throw new IllegalArgumentException("ip goes with action SPOOF only, not with " + action);
        }
        ips = List.copyOf(ips);
    }

    /** The elements {@code action} and {@code ip}. */
    public static DnsAnswer read(Source source) {
        DnsAction action = source.choice("action", DnsAction.class);
        return source.build(() -> new DnsAnswer(action, source.texts("ip")));
    }

    Words words() {
        return Words.NONE.with("action", action.name().toLowerCase(Locale.ROOT)).given("ip", String.join(",", ips));
    }

    /** As messages say it: {@code SPOOF 192.0.2.1,::1}. */
    @Override
    public String toString() {
        return action + (ips.isEmpty() ? "" : " " + String.join(",", ips));
    }
}
