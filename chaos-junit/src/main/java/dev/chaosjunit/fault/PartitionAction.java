// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** What somebody sees who is cut off. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum PartitionAction {
    /** Nothing: packets vanish, and who waits for an answer waits until a time-out. */
    DROP,
    /**
     * What a host answers where nobody listens: a reset of each TCP packet, so that a new connection is refused, and one that
     * is used is reset. Packets of other protocols vanish.
     */
    REFUSE
}
