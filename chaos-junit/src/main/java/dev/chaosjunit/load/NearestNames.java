// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.load;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Of names that there are, those that somebody may have meant. */
final class NearestNames {
    private static final int SHOWN = 5;

    private NearestNames() {}

    /** Up to five, the nearest first. */
    static List<String> to(String name, Iterable<String> known) {
        return StreamSupport.stream(known.spliterator(), false)
                .sorted(Comparator.<String>comparingInt(each -> distance(lower(name), lower(each)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Characters to insert, leave out or replace (V. I. Levenshtein, Binary codes, 1966). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
