// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something done to the pods of a selection for some time. A value: two that are equal are the same fault.
 *
 * <p>What the rest has to know of a kind of fault it asks here; where nothing is a safe answer, there is no default.
 */
public interface Fault {

    /** The kind: the simple name of its annotation and of its record, {@code NetworkDelay}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whom it hits. */
    Selection selection();

    /** How long it lasts, above zero. */
    Duration duration();

    /** What it looks at. */
    Unit unit();

    /** Where in a pod it is. */
    Scope scope();

    /** The packets that it is confined to, where it is on packets. The helper is told them; one that says none hits all. */
    Optional<Traffic> traffic();

    /** The names that it is about, where it is about names. */
    default Optional<Names> names() {
        return Optional.empty();
    }

    /**
     * When it ends processes of its pods, where it is for that: who injects it does so then, and an end by it is held against
     * nobody.
     */
    default Optional<PlannedKills> kills() {
        return Optional.empty();
    }

    /** Whether what it hits loses what it had in hand: requests in flight as it begins are its doing, too. */
    default boolean losesWhatIsInFlight() {
        return kills().isPresent();
    }

    /** Whether its pods stand still while it is on: whoever looks at pods must not wait for an answer of theirs. */
    default boolean pauses() {
        return false;
    }

    /**
     * Why it cannot be done to a container for what its manifest lets it use at most, a sentence; empty where it can.
     *
     * @param cpuMillis thousandths of a processor; absent for no limit
     * @param memoryBytes absent for no limit
     */
    default Optional<String> misfit(OptionalLong cpuMillis, OptionalLong memoryBytes) {
        return Optional.empty();
    }

    /** What whoever asks for it may not expect of it, a sentence for the report. */
    default Optional<String> caution() {
        return Optional.empty();
    }

    /** How late it makes what it hits, where it makes that late. */
    Optional<Latency> latency();

    /** The share of what it meets that it hits by chance, where it lets the rest go by. */
    default Optional<Share> share() {
        return Optional.empty();
    }

    /** The share of the requests of the load that it must touch, or the run is inconclusive; 0 for none. */
    Percent minTouched();

    /**
     * Why it cannot be on one pod together with another fault, as which of them a packet or a call meets would be chance;
     * empty where it can. Asked of either of two; peers are compared by whoever knows their addresses.
     */
    Optional<String> clash(Fault other);

    /** Whether what it names, such as a function, can be looked for in a program's file before that runs. */
    default boolean namesPartsOfPrograms() {
        return false;
    }

    /** What the helper is asked for, but for where, for whom, and the packets and names it is confined to. */
    Words words(Place place);

    /** About how many requests of the load the hits touched by themselves: each hit one, unless the kind knows better. */
    default long touched(Told told) {
        return told.number("hit");
    }

    /** Whether the pod's process ended by it, of a fault that is for that and is no kill by signal; as the helper counted. */
    default boolean ended(Told told) {
        return false;
    }

    /** What the helper counted of its means, in words for the report; may be empty. */
    default String detail(Told told) {
        return "";
    }

    /** Why it may have hit nothing, as far as its means tell; empty where they do not. */
    default String hint(Told told) {
        return "";
    }

    /**
     * What it did to a pod beyond what was asked for, by the means that it had; empty where that is nothing.
     *
     * @param pod its name, for the words
     * @param on how long it was on
     */
    default Optional<SideEffect> sideEffect(Told told, String pod, Duration on) {
        return Optional.empty();
    }

    /** The fault in a few words, for messages and the report. */
    String describe();

    /** The element {@code minTouched}: a percentage, or empty for any share of the requests. */
    static Percent minTouched(Source source) {
        return source.read("minTouched", share -> share.isEmpty() ? Percent.NONE : Percent.parse(share));
    }

    /** Refuse a duration that is not above zero. */
    static void checkDuration(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("duration must be above 0s");
        }
    }
}
