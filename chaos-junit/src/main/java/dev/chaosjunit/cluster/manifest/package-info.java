// SPDX-License-Identifier: Apache-2.0
/** Kubernetes YAML, read into the few values that the local runtime acts on; everything else is refused by name. */
@NullMarked
@API(status = API.Status.INTERNAL, since = "0.1")
package dev.chaosjunit.cluster.manifest;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
