// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import dev.chaosjunit.quantity.Percent;
import dev.chaosjunit.quantity.Source;
import java.util.Optional;

/**
 * Packets that are hit in bursts: the channel of Gilbert (Bell Syst. Tech. J. 39, 1960) and Elliott (ibid. 42, 1963).
 *
 * @param share of all packets that are hit, above {@code between} and below {@code within}
 * @param length how many packets a burst has on average, hit or not; 1 to 100,000
 * @param within the share of packets that are hit within a burst
 * @param between the share of those between two bursts
 */
public record Bursts(Percent share, int length, Percent within, Percent between) {
    private static final int LONGEST = 100_000;

    public Bursts {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("burst must be 1 to " + LONGEST + " packets, but is " + length);
        }
        if (between.fraction() >= share.fraction() || share.fraction() >= within.fraction()) {
            throw new IllegalArgumentException("with burst, loss must be above quietLoss and below burstLoss, but is "
                    + share + ", between " + between + " and " + within);
        }
        if (bad(share, within, between) / (1 - bad(share, within, between)) > length) {
            throw new IllegalArgumentException("burst = " + length + " is too short for a loss of " + share
                    + ": there would be less than one packet between two bursts");
        }
    }

    /**
     * The elements {@code burst}, {@code burstLoss} and {@code quietLoss}.
     *
     * @param chance the share, and how it is correlated, where there are no bursts
     */
    static Optional<Bursts> read(Source source, Chance chance) {
        int length = source.read("burst", Integer::parseInt);
        Percent within = source.read("burstLoss", Percent::parse);
        Percent between = source.read("quietLoss", Percent::parse);
        return source.build(() -> length == 0 ? none(within, between) : some(chance, length, within, between));
    }

    private static Optional<Bursts> none(Percent within, Percent between) {
        if (within.fraction() < 1 || between.fraction() > 0) {
            throw new IllegalArgumentException("burstLoss and quietLoss go with burst only");
        }
        return Optional.empty();
    }

    private static Optional<Bursts> some(Chance chance, int length, Percent within, Percent between) {
        if (chance.correlation().fraction() > 0) {
            throw new IllegalArgumentException(
                    "burst and correlation both say how long losses last: choose one of them");
        }
        return Optional.of(new Bursts(chance.share(), length, within, between));
    }

    /** The share of packets in bursts. */
    private static double bad(Percent share, Percent within, Percent between) {
        return (share.fraction() - between.fraction()) / (within.fraction() - between.fraction());
    }

    /**
     * Packets n and n+k are in bursts with the correlation (1 - p - r)^k, where r = 1/length ends a burst and p begins one, and
     * hits follow that as far as bursts have more of them than the rest.
     */
    Share asked() {
        double bad = bad(share, within, between);
        double ends = 1.0 / length;
        double follows = 1 - ends - ends * bad / (1 - bad);
        double differs = within.fraction() - between.fraction();
        double caused = differs * differs * bad * (1 - bad) / (share.fraction() * (1 - share.fraction()));
        return new Share(share, 1 + 2 * caused * follows / (1 - follows));
    }

    Words words() {
        return Words.NONE
                .with("probability_ppm", Chance.ppm(share))
                .with("burst", length)
                .with("burst_ppm", Chance.ppm(within))
                .with("quiet_ppm", Chance.ppm(between));
    }

    /** As messages say it: {@code 5% of packets, in bursts of 20}. */
    @Override
    public String toString() {
        return share + " of packets, in bursts of " + length
                + (within.fraction() < 1 ? " that lose " + within : "")
                + (between.fraction() > 0 ? ", " + between + " between them" : "");
    }
}
