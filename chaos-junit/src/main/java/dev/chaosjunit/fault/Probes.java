// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** Whether a fault on a pod's network meets those who ask the pod whether it is alive and ready. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Probes {
    /** Like everybody else: a pod that answers its probes too late leaves its Services, or is restarted. */
    HIT,
    /**
     * Leave connections alone that come from a prober's address to a probed port. Refused where load comes from that address
     * as well.
     */
    SPARE
}
