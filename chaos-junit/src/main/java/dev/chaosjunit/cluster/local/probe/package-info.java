// SPDX-License-Identifier: Apache-2.0
/** The questions that the kubelet would ask a container, one at a time: no state, and no pods. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.local.probe;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
