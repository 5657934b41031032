// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import dev.chaosjunit.result.OlderConnections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connections that are older than a fault on names, in a line. */
final class OlderWords {
    private OlderWords() {}

    /** Empty where there is nothing to say: the fault is about no names, or nothing was older than it. */
    static String of(@Nullable OlderConnections older) {
        if (older == null) {
            return "";
        }
        if (!older.told()) {
            return "whether it was escaped over older connections cannot be told: " + older.detail();
        }
        return Stream.of(
                        ends("went on over older connections, packets: ", older.keptPackets()),
                        ends("older connections closed: ", older.closed()),
                        older.detail())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String ends(String what, Map<String, Long> counts) {
        List<String> ends = counts.entrySet().stream()
                .map(end -> end.getKey() + " (" + Numbers.count(end.getValue()) + ")")
                .toList();
        return ends.isEmpty() ? "" : what + String.join(", ", ends);
    }
}
