// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

/**
 * One objective held against one window.
 *
 * @param window {@link Stage#BASELINE}, {@link Stage#FAULT} or {@link Stage#RECOVERY}
 * @param load the URL it was measured on
 * @param objective {@code p99}, {@code errorRate}, …
 * @param limit what was asked
 * @param observed the point estimate, formatted
 * @param badEdge the unfavourable edge of the 95 % interval, formatted
 * @param samples requests in the window
 * @param outcome passed only if the bad edge meets the limit
 * @param detail a sentence: why, and how many samples would be needed
 */
public record SloResult(
        Stage window,
        String load,
        String objective,
        Limit limit,
        String observed,
        String badEdge,
        long samples,
        Outcome outcome,
        String detail) {
    /** One that decides nothing, as the fault's own means may have caused what was seen: their words in the detail. */
    public SloResult undecided(String cause) {
        return new SloResult(
                window,
                load,
                objective,
                limit,
                observed,
                badEdge,
                samples,
                Outcome.INCONCLUSIVE,
                detail + ", which the fault itself may have caused: " + cause);
    }
}
