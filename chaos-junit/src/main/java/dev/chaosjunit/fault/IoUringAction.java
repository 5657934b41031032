// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

/** What happens to an {@link IoUringOperation}. */
public enum IoUringAction {
    /** It fails with an errno, without being done. */
    ERROR,
    /** It is done late. */
    DELAY,
    /** It is done, but its completion never comes; for operations that go through a ring. */
    DROP
}
