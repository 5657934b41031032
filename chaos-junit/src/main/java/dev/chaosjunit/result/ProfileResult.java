// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.List;

/**
 * What pods were seen to do in the fault window, by profiles.
 *
 * @param pods one per pod and kind of profile that was taken
 * @param spans one per span of a waterfall and kind, where any sample names that span
 */
public record ProfileResult(List<PodProfile> pods, List<SpanProfile> spans) {

    /**
     * A pod by one kind of profile.
     *
     * @param kind {@code cpu}, {@code goroutine}, {@code heap}, {@code block}, {@code mutex}
     * @param taken how many: one of the whole window, or looks
     * @param amount in all: milliseconds of cpu, block and mutex, bytes of heap, goroutines of all looks together
     * @param faulted of that, what was done for requests that carry the fault's id; 0 for kinds that know no requests
     * @param stacks the most of what was done for such requests, or of all for those kinds
     */
    public record PodProfile(
            String pod, String kind, int taken, double amount, double faulted, List<SeenStack> stacks) {}

    /**
     * What was done for a span.
     *
     * @param trace 32 hexadecimal digits
     * @param span 16 hexadecimal digits
     * @param kind as a pod's
     * @param samples how often it was seen
     * @param amount as a pod's
     * @param stacks the most first, a few
     */
    public record SpanProfile(
            String trace, String span, String kind, long samples, double amount, List<SeenStack> stacks) {}

    /**
     * A stack that samples have in common by its functions, from the innermost on that is not a library's.
     *
     * @param samples how often it was seen
     * @param amount as a pod's
     * @param frames of the one that counts most, innermost first, up to where the work on a request begins
     */
    public record SeenStack(long samples, double amount, List<GoStack.Frame> frames) {}
}
