// SPDX-License-Identifier: Apache-2.0
/**
 * Kubernetes in one container, started by Testcontainers: nodes are kept for later classes, images are built here and
 * loaded into them, and helpers run inside them.
 */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.k3s;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
