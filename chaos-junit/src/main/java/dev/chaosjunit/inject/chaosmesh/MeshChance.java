// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.inject.chaosmesh;

import dev.chaosjunit.fault.Chance;
import dev.chaosjunit.quantity.Percent;
import java.util.Map;

/** A share of packets in the fields of a NetworkChaos, which has numbers of percent without the sign. */
final class MeshChance {
    private MeshChance() {}

    static Map<String, Object> fields(Chance chance, String share) {
        return Map.of(share, number(chance.share()), "correlation", number(chance.correlation()));
    }

    private static String number(Percent percent) {
        return percent.toString().replace("%", "");
    }

    static String caveat(Chance chance) {
        return chance.correlation().fraction() == 0
                ? ""
                : "; with a correlation, netem hits fewer packets than the share that it is asked for";
    }
}
