// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What pods get for an answer.
 *
 * @param action which
 * @param delay how late, for {@link DnsAction#DELAY}; empty otherwise
 * @param ips an IPv4 address, an IPv6 address or one of each for {@link DnsAction#SPOOF}, none otherwise
 */
public record DnsAnswer(DnsAction action, Optional<Latency> delay, List<String> ips) {

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
        if (action == DnsAction.DELAY && delay.isEmpty()) {
            throw new IllegalArgumentException("action DELAY needs a latency, 1us to 60s");
        }
        if (action != DnsAction.DELAY && delay.isPresent()) {
            throw new IllegalArgumentException("latency and jitter go with action DELAY only, not with " + action);
        }
        ips = List.copyOf(ips);
    }

    /** One that is not late. */
    public DnsAnswer(DnsAction action, List<String> ips) {
        this(action, Optional.empty(), ips);
    }

    /** The elements {@code action}, {@code latency}, {@code jitter} and {@code ip}. */
    public static DnsAnswer read(Source source) {
        DnsAction action = source.choice("action", DnsAction.class);
        Optional<Latency> delay = Latency.readIfAny(source);
        return source.build(() -> new DnsAnswer(action, delay, source.texts("ip")));
    }

    Words words() {
        return Words.NONE
                .with("action", action.name().toLowerCase(Locale.ROOT))
                .and(delay.map(Latency::words).orElse(Words.NONE))
                .given("ip", String.join(",", ips));
    }

    /** As messages say it: {@code SPOOF 192.0.2.1,::1}, {@code DELAY 100ms ± 20ms}. */
    @Override
    public String toString() {
        return action + delay.map(late -> " " + late).orElse("") + (ips.isEmpty() ? "" : " " + String.join(",", ips));
    }
}
