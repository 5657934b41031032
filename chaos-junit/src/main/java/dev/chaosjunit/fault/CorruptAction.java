// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** What becomes of a packet that is damaged on its way. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum CorruptAction {
    /** A checksum catches it: its receiver drops it, and TCP sends it again. */
    DETECTED,
    /**
     * No checksum catches it: the application reads one bit of the payload flipped. Packets of TCP and UDP without payload are
     * let by.
     */
    DELIVERED
}
