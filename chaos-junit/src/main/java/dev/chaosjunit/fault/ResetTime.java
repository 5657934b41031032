// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** When connections are reset. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ResetTime {
    /**
     * Each by its next packet, as long as the fault lasts: both ends read "connection reset by peer". Those that are made
     * meanwhile, too.
     */
    NEXT_PACKET,
    /**
     * All that there are as the fault begins, idle ones too, and none later: the pod reads "software caused connection abort",
     * the other end "connection reset by peer".
     */
    AT_ONCE
}
