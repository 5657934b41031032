// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** What the load of processors is a share of. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum LoadOf {
    /** Of one processor, for each worker. */
    CPU,
    /** Of what the container may use by its {@code resources.limits.cpu}, for all workers together. */
    LIMIT
}
