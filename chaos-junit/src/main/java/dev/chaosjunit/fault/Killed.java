// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.fault;

import org.apiguardian.api.API;

/** What of a pod is killed. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Killed {
    /** The first process of its first container gets a signal; the pod stays, and its container is started again. */
    CONTAINER,
    /** The pod is deleted, and another comes in its place: its Deployment, StatefulSet or other owner makes it. */
    POD
}
