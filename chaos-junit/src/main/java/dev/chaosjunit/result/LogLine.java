// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pod printed of a failed request; texts that the line does not have are empty.
 *
 * @param of what joins it to the request: {@code trace 4bf9…}, {@code chaos id ShopTest.slow/fault}
 * @param pod its title
 * @param time as it was printed
 * @param level as it was printed
 */
public record LogLine(String of, String pod, String time, String level, String message, String error) {
    private static final int LONGEST = 200;

    /** On one line, at most 200 characters. */
    public String describe() {
        String words = Stream.of(level, message).filter(text -> !text.isBlank()).collect(Collectors.joining(" "));
        String all = (pod + ": " + words + (error.isBlank() ? "" : ": " + error)).replaceAll("[\\p{Cntrl}\\s]+", " ");
        if (all.length() <= LONGEST) {
            return all;
        }
        int end = LONGEST - 3;
        return all.substring(0, Character.isHighSurrogate(all.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
