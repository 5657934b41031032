// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** What the first process of a container is sent. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum KillSignal {
    /** It ends at once, whatever it was doing. */
    SIGKILL,
    /** It is asked to end, as when its pod is deleted; what does not listen goes on. */
    SIGTERM
}
