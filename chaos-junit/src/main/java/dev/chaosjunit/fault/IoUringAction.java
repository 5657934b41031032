// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What happens to an {@link IoUringOperation}. */
public enum IoUringAction {
    /** It fails with an errno, without being done. */
    ERROR,
    /** It is done late. */
    DELAY,
    /** It is not done, and its completion never comes, as if the device had lost it; for operations through a ring. */
    DROP
}
