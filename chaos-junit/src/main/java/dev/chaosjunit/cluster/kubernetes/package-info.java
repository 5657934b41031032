// SPDX-License-Identifier: Apache-2.0
/**
 * Services in a Kubernetes cluster, whoever brought that up: manifests applied as they are, pods followed by a watch,
 * Services reached by node ports. A runtime brings the {@link dev.chaosjunit.cluster.kubernetes.Kubernetes} along,
 * which holds all that differs between runtimes.
 */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.kubernetes;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
