// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Durations;
import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chosen names are answered wrongly, or not at all, to chosen pods.
 *
 * @param selection the pods whose queries are meant
 * @param duration how long
 * @param meant the names
 * @param answer what they get for an answer
 * @param types query types that are meant; empty means all
 * @param probability the share of these queries that is hit, drawn query by query; at least 0.0001%
 * @param reconnect whether connections to the names' addresses are closed as the fault begins
 * @param minTouched the share of requests that it must touch; 0 for none
 */
public record DnsChaos(
        Selection selection,
        Duration duration,
        Names meant,
        DnsAnswer answer,
        Set<DnsType> types,
        Percent probability,
        boolean reconnect,
        Percent minTouched)
        implements Fault {

    public DnsChaos {
        Fault.checkDuration(duration);
        Chance.checkProbability(probability);
        if (reconnect && meant.escape() == Escape.ALLOWED) {
            throw new IllegalArgumentException("reconnect = true closes the connections that escape = ALLOWED would let"
                    + " pods go on with: choose one of them");
        }
        types = types.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(types));
    }

    /** One that hits each query, leaves connections alone, may not be escaped, and may touch any share of the requests. */
    public DnsChaos(
            Selection selection,
            Duration duration,
            List<String> patterns,
            DnsAction action,
            List<String> ips,
            Set<DnsType> types) {
        this(
                selection,
                duration,
                new Names(patterns, Escape.INCONCLUSIVE),
                new DnsAnswer(action, ips),
                types,
                new Percent(1),
                false,
                Percent.NONE);
    }

    @Override
    public Unit unit() {
        return Unit.QUERY;
    }

    @Override
    public Scope scope() {
        return Scope.NETWORK;
    }

    /** Queries are told from other packets by what they ask. */
    @Override
    public Optional<Traffic> traffic() {
        return Optional.empty();
    }

    @Override
    public Optional<Names> names() {
        return Optional.of(meant);
    }

    @Override
    public Optional<Latency> latency() {
        return answer.delay();
    }

    @Override
    public Optional<Share> share() {
        return probability.fraction() < 1 ? Optional.of(new Share(probability)) : Optional.empty();
    }

    @Override
    public Optional<String> clash(Fault other) {
        return other instanceof DnsChaos dns && sharesTypes(dns)
                ? meant.patterns().stream()
                        .flatMap(mine -> dns.meant.patterns().stream()
                                .filter(theirs -> DomainPattern.overlap(mine, theirs))
                                .map(theirs -> "both answer names of \"" + mine + "\" and \"" + theirs + "\""))
                        .findFirst()
                : Optional.empty();
    }

    private boolean sharesTypes(DnsChaos other) {
        return types.isEmpty() || other.types.isEmpty() || types.stream().anyMatch(other.types::contains);
    }

    @Override
    public Words words(Place place) {
        return Words.kind(this)
                .and(answer.words())
                .with("patterns", String.join(",", meant.patterns()))
                .given("types", typeNames())
                .given("probability_ppm", share().isPresent() ? Long.toString(Chance.ppm(probability)) : "")
                .given("reconnect", reconnect ? "1" : "");
    }

    /** A lookup asks for several types at once: the one that was asked for most often is nearest to how many there were. */
    @Override
    public long touched(Told told) {
        long a = told.number("hit_a");
        long aaaa = told.number("hit_aaaa");
        return Math.max(Math.max(a, aaaa), told.number("hit") - a - aaaa);
    }

    @Override
    public String detail(Told told) {
        return (answer.delay().isPresent() ? held(told) : answered(told))
                + some(", let by as the helper stood still ", told, "expired");
    }

    private static String held(Told told) {
        return "held " + told.text("captured") + ", sent " + told.text("sent")
                + some(", lost for want of room ", told, "full")
                + some(", send errors ", told, "send_errors")
                + some(", of these over TCP ", told, "hit_tcp")
                + ", real-time thread " + told.text("rt");
    }

    private static String answered(Told told) {
        return "answered " + told.text("answered") + ", dropped " + told.text("dropped")
                + some(", connections reset ", told, "reset")
                + some(", of these over TCP ", told, "hit_tcp")
                + some(", asked again over TCP and let by ", told, "passed_tcp");
    }

    private static String some(String what, Told told, String counter) {
        return told.number(counter) > 0 ? what + told.text(counter) : "";
    }

    @Override
    public String describe() {
        return "DNS " + answer + " for " + String.join(", ", meant.patterns())
                + (types.isEmpty() ? "" : " (" + typeNames() + ")")
                + (share().isPresent() ? ", " + probability + " of the queries" : "")
                + (reconnect ? ", older connections closed" : "") + ", " + Durations.format(duration) + ", on "
                + selection;
    }

    private String typeNames() {
        return types.stream().map(Enum::name).sorted().collect(Collectors.joining(","));
    }

    /** Reads {@code @DnsChaos}. */
    public static final class Kind implements FaultKind {
        @Override
        public String name() {
            return "DnsChaos";
        }

        @Override
        public Fault read(Source source) {
            Selection selection = Selection.read(source);
            Duration duration = source.read("duration", Durations::parse);
            Names meant = Names.read(source);
            DnsAnswer answer = DnsAnswer.read(source);
            Set<DnsType> types = Set.copyOf(source.readAll("types", DnsType::valueOf));
            Percent probability = source.read("probability", Percent::parse);
            boolean reconnect = source.flag("reconnect");
            Percent minTouched = Fault.minTouched(source);
            return source.build(
                    () -> new DnsChaos(selection, duration, meant, answer, types, probability, reconnect, minTouched));
        }
    }
}
