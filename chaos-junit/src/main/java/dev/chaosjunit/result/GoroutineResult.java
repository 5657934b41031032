// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.result;

import java.util.List;

/**
 * Whether an instance's goroutines came back.
 *
 * @param instance the pod
 * @param baseline goroutines after the rehearsal
 * @param series goroutines over time
 * @param groups groups that are above their baseline at the last look, largest growth first
 * @param outcome passed when back or bounded, failed when leaked or not back in time
 * @param detail the rule that decided, in a sentence
 */
public record GoroutineResult(
        String instance, int baseline, List<Count> series, List<Group> groups, Outcome outcome, String detail) {

    /**
     * Goroutines at one moment.
     *
     * @param atMs from the experiment's start, milliseconds
     * @param goroutines how many
     */
    public record Count(double atMs, int goroutines) {}

    /**
     * A request that goroutines were made for, by their labels.
     *
     * @param trace 32 hexadecimal digits
     * @param span 16 hexadecimal digits
     * @param chaosType the faults of its window; empty where it was sent under none
     * @param goroutines how many
     */
    public record Origin(String trace, String span, String chaosType, int goroutines) {

        /** Its trace, with what it met. */
        public String describe() {
            return trace + (chaosType.isEmpty() ? "" : " (" + chaosType + ")");
        }
    }

    /**
     * Goroutines with the same creating function.
     *
     * @param createdBy the creating function; a client's idle connections are groups of their own
     * @param baseline how many after the rehearsal
     * @param after how many at the last look
     * @param state the most common wait state
     * @param stack one stack of the group
     * @param origins the requests that goroutines at that stack were made for, those under a fault first
     */
    public record Group(String createdBy, int baseline, int after, String state, String stack, List<Origin> origins) {

        /** One of which nothing more is known. */
        public Group(String createdBy, int baseline, int after, String state, String stack) {
            this(createdBy, baseline, after, state, stack, List.of());
        }

        /** The same, with the requests that it comes from. */
        public Group from(List<Origin> requests) {
            return new Group(createdBy, baseline, after, state, stack, requests);
        }

        /** The frames from the function that hangs on; empty where the stack has none. */
        public List<GoStack.Frame> hanging() {
            return GoStack.parse(stack).hanging();
        }
    }
}
