// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What happens to an {@link IoUringOperation}. */
public enum IoUringAction {
    /** It fails with an errno, without being done: at once, or late. */
    ERROR,
    /**
     * It is late: what waits for its file, as a receive does, by so much after that is ready; everything else by so much
     * after it is submitted.
     */
    DELAY,
    /** It is not done, and its completion never comes, as if the device had lost it; for operations through a ring. */
    DROP
}
