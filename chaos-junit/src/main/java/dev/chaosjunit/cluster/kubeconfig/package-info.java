// SPDX-License-Identifier: Apache-2.0
/**
 * A Kubernetes cluster that is there and belongs to others as well: only namespaces on a list are touched, nothing that
 * was there before is, helpers run as Jobs, and whatever is made is owned by a Lease that this JVM renews.
 */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.kubeconfig;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
